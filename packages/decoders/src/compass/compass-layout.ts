import { endsEarly } from '../core/record-framer.js';

/** Which optional fields the events of a file have. */
export interface CompassFields {
  /** Energy in ADC channels, uint16. */
  readonly energy: boolean;
  /** Calibrated energy, float64. */
  readonly calibrated: boolean;
  /** Energy of the short gate, uint16. */
  readonly short: boolean;
  /** Samples: none, with a byte that says what kind of trace they are, or without it (older records). */
  readonly samples: 'none' | 'coded' | 'plain';
}

/** Where the fields of an event lie, in bytes from its start; −1 for a field that is not there. */
export interface CompassLayout extends CompassFields {
  readonly energyAt: number;
  readonly calibratedAt: number;
  readonly shortAt: number;
  readonly flagsAt: number;
  readonly codeAt: number;
  readonly countAt: number;
  /** Bytes before the samples. */
  readonly headBytes: number;
}

/** A kind of files of such events. */
export interface CompassFamily {
  readonly format: string;
  /** Decoder of the header struct; none when the kind has no header. */
  readonly headerDecoder?: string;
  readonly eventDecoder: string;
  readonly garbageDecoder: string;
  /** Layouts that files without a header word can have. */
  readonly layouts: readonly CompassLayout[];
}

/** Names of the decoders of a family. */
export function decodersOf({ headerDecoder, eventDecoder, garbageDecoder }: CompassFamily): string[] {
  return [...(headerDecoder === undefined ? [] : [headerDecoder]), eventDecoder, garbageDecoder];
}

/** Bytes of the header of a file. */
export const compassHeaderBytes = 2;

/** Most samples of a trace that are believed: beyond what any of the boards records. */
const mostSamples = 1 << 23;
const mostBoards = 1024;
const mostChannels = 256;

/** Where the fields lie: board, channel and time, then those that there are, in this order. */
export function layoutOf(fields: CompassFields): CompassLayout {
  let next = 12;
  const take = (there: boolean, bytes: number): number => {
    if (!there) return -1;
    next += bytes;
    return next - bytes;
  };
  const energyAt = take(fields.energy, 2);
  const calibratedAt = take(fields.calibrated, 8);
  const shortAt = take(fields.short, 2);
  const flagsAt = take(true, 4);
  const codeAt = take(fields.samples === 'coded', 1);
  const countAt = take(fields.samples !== 'none', 4);
  return { ...fields, energyAt, calibratedAt, shortAt, flagsAt, codeAt, countAt, headBytes: next };
}

/** The header word at `at`, where two bytes must be; undefined when it is none. */
export function headerWord(view: DataView, at: number): number | undefined {
  const word = view.getUint16(at, true);
  return word >>> 4 === 0xcae ? word : undefined;
}

/** The layout that a header word announces. */
export function layoutOfHeader(word: number): CompassLayout {
  const has = (bit: number): boolean => ((word >>> bit) & 1) === 1;
  return layoutOf({
    energy: has(0),
    calibrated: has(1),
    short: has(2),
    samples: has(3) ? 'coded' : 'none',
  });
}

/** The header word of a layout. */
export function headerOfLayout({ energy, calibrated, short, samples }: CompassFields): number {
  const bits = [energy, calibrated, short, samples !== 'none'];
  return 0xcae0 | bits.reduce((word, there, bit) => word | (Number(there) << bit), 0);
}

/** The six layouts that a file without a header can have: energy, calibrated or both, each with or without short. */
export const headerlessLayouts: readonly CompassLayout[] = [
  { energy: true, calibrated: false },
  { energy: false, calibrated: true },
  { energy: true, calibrated: true },
].flatMap((energies) =>
  [true, false].map((short) => layoutOf({ ...energies, short, samples: 'coded' as const })),
);

/** Number of samples of the event at `at`, whose head is complete. */
export function samplesOf(view: DataView, at: number, layout: CompassLayout): number {
  return layout.countAt < 0 ? 0 : view.getUint32(at + layout.countAt, true);
}

/** Why the complete head at `at` cannot be that of an event; undefined when it can. */
export function headFault(view: DataView, at: number, layout: CompassLayout): CompassFault | undefined {
  if (view.getUint16(at, true) >= mostBoards || view.getUint16(at + 2, true) >= mostChannels)
    return compassFaults.noChannel;
  if (view.getUint32(at + layout.flagsAt, true) >>> 24 !== 0) return compassFaults.noFlags;
  const samples = samplesOf(view, at, layout);
  if (layout.samples !== 'none' && (samples === 0 || samples > mostSamples)) return compassFaults.noSamples;
  return undefined;
}

/** Why bytes are no event. The place in this list, from 1, is the code in garbage tables: only append. */
export const compassFaults = {
  noChannel: 'no board or channel of that number',
  noFlags: 'flags that there are not',
  noSamples: 'number of samples is impossible',
  noLayout: 'two events in succession fit none of the layouts',
  endsEarly,
} as const;

/** One of the faults. */
export type CompassFault = (typeof compassFaults)[keyof typeof compassFaults];

/** Whether a number can be a calibrated energy, in whatever unit. */
function isEnergy(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size > 1e-9 && size < 1e12);
}

/** As headFault, and a calibrated energy must be a number of some reason: two layouts are of the same length. */
function isLikely(view: DataView, at: number, layout: CompassLayout): boolean {
  if (headFault(view, at, layout) !== undefined) return false;
  return layout.calibratedAt < 0 || isEnergy(view.getFloat64(at + layout.calibratedAt, true));
}

/**
 * The first of the layouts for which two events in succession, from `at` on, are possible and have the same number of
 * samples. `more`: the bytes are too few to say, `none`: no layout fits.
 */
export function probeLayout(
  view: DataView,
  layouts: readonly CompassLayout[],
  at = 0,
): CompassLayout | 'more' | 'none' {
  let open = false;
  for (const layout of layouts) {
    if (at + layout.headBytes > view.byteLength) {
      open = true;
      continue;
    }
    if (!isLikely(view, at, layout)) continue;
    const samples = samplesOf(view, at, layout);
    const second = at + layout.headBytes + 2 * samples;
    if (second + layout.headBytes > view.byteLength) {
      open = true;
      continue;
    }
    if (isLikely(view, second, layout) && samplesOf(view, second, layout) === samples) return layout;
  }
  return open ? 'more' : 'none';
}
