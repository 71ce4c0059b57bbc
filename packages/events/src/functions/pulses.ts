import type { ColumnType, Vector } from '@countroom/expressions';
import type { EventFunctionContext } from '../building/event-functions.js';
import { EventError } from '../errors.js';
import type { Arguments } from './arguments.js';

/** Arguments that all functions over pulses share. */
export const cutArguments = [
  'pulse_mask',
  'a_thr_pe',
  't_loc_ns',
  'dt_range_ns',
  't_loc_default_ns',
  'energy_observable',
  't0_observable',
] as const;

/** Which pulses are kept: those of a mask that was made before, those in a window of time and above a size, or all. */
export type PulseCut =
  | { readonly kind: 'all' }
  | { readonly kind: 'mask'; readonly field: string }
  | {
      readonly kind: 'window';
      readonly threshold: number;
      readonly energy: string;
      readonly t0: string;
      /** Number, or field with one number per event. */
      readonly at: number | string;
      /** Where the field is NaN. */
      readonly atOtherwise: number;
      readonly range: readonly [from: number, to: number];
    };

/** Reads a cut. Throws an EventError for arguments that are wrong or do not go together. */
export function readCut(args: Arguments, needed: boolean): PulseCut {
  if (args.has('pulse_mask')) return { kind: 'mask', field: args.field('pulse_mask') };
  const window = ['a_thr_pe', 't_loc_ns', 'dt_range_ns'].filter((name) => args.has(name));
  if (window.length === 0 && !needed) return { kind: 'all' };
  const range = args.numbers('dt_range_ns');
  const [from, to] = range;
  if (range.length !== 2 || from === undefined || to === undefined)
    throw new EventError('dt_range_ns must be two numbers: begin and end of the window');
  return {
    kind: 'window',
    threshold: args.number('a_thr_pe'),
    energy: args.column('energy_observable', 'hit.energy_in_pe'),
    t0: args.column('t0_observable', 'hit.trigger_pos'),
    at: args.numberOrField('t_loc_ns'),
    atOtherwise: args.number('t_loc_default_ns', Number.NaN),
    range: [from, to],
  };
}

/** What a cut reads. */
export function needsOf(cut: PulseCut): {
  readonly columns: readonly string[];
  readonly fields: readonly string[];
} {
  if (cut.kind === 'all') return { columns: [], fields: [] };
  if (cut.kind === 'mask') return { columns: [], fields: [cut.field] };
  return { columns: [cut.energy, cut.t0], fields: typeof cut.at === 'string' ? [cut.at] : [] };
}

/** Throws an EventError unless the columns hold lists of pulses and the fields what a cut takes. */
export function checkCut(cut: PulseCut, types: ReadonlyMap<string, ColumnType>): void {
  if (cut.kind === 'mask') {
    const { kind, depth } = types.get(cut.field)!;
    if (kind !== 'bool' || depth !== 2) throw new EventError(`${cut.field} is no mask of pulses`);
  }
  if (cut.kind !== 'window') return;
  for (const column of [cut.energy, cut.t0]) checkPulses(column, types);
  if (typeof cut.at === 'string' && types.get(cut.at)!.depth !== 0)
    throw new EventError(`${cut.at} must have one number per event`);
}

/** Throws an EventError unless a column has a list of pulses per hit. */
export function checkPulses(column: string, types: ReadonlyMap<string, ColumnType>): void {
  if (types.get(column)!.depth !== 1) throw new EventError(`${column} must have a list of pulses per hit`);
}

/** Pulses of each chosen hit: entries `starts[i]` to `starts[i + 1]` (excluded) of `at`, places in the flat data of a column. */
export interface HitPulses {
  readonly at: Int32Array;
  readonly starts: Int32Array;
}

/** The pulses of a column of lists; NaN, which fills lists up, is left out. */
export function pulsesOf({ data, offsets }: Vector): HitPulses {
  const [lists] = offsets!;
  const starts = new Int32Array(lists!.length);
  const at = new Int32Array(lists!.at(-1) ?? 0);
  let found = 0;
  for (let hit = 0; hit + 1 < starts.length; hit++) {
    for (let i = lists![hit]!; i < lists![hit + 1]!; i++) {
      const value = data[i]!;
      // NaN alone differs from itself.
      if (value === value) at[found++] = i;
    }
    starts[hit + 1] = found;
  }
  return { at: at.subarray(0, found), starts };
}

/** For each chosen hit which of its pulses are kept (1), in their order: entries `starts[i]` to `starts[i + 1]`. */
export interface KeptPulses {
  readonly keep: Uint8Array;
  readonly starts: Int32Array;
}

/**
 * Which pulses a cut keeps. Pulses are counted without what fills lists up.
 * @param pulses of the column that is cut, for cuts that do not tell themselves how many there are
 * Throws an EventError when a mask was made for other pulses.
 */
export function keptPulses(
  cut: PulseCut,
  context: EventFunctionContext,
  pulses: () => Pick<HitPulses, 'starts'>,
): KeptPulses {
  if (cut.kind === 'window') return inWindow(cut, context);
  const { starts } = pulses();
  const keep = new Uint8Array(starts.at(-1) ?? 0);
  if (cut.kind === 'all') return { keep: keep.fill(1), starts };
  const { ends } = context.selection;
  const mask = context.fields.get(cut.field)!;
  const [outer, inner] = mask.offsets!;
  for (let e = 0, hit = 0; e < ends.length; e++) {
    for (let list = outer![e]!; hit < ends[e]!; hit++, list++) {
      const [from, to] = list < outer![e + 1]! ? [inner![list]!, inner![list + 1]!] : [0, -1];
      const first = starts[hit]!;
      if (to - from !== starts[hit + 1]! - first)
        throw new EventError(`${cut.field} was made for other pulses or channels`);
      for (let p = from; p < to; p++) keep[first + p - from] = mask.data[p] === 1 ? 1 : 0;
    }
  }
  return { keep, starts };
}

function inWindow(
  cut: Extract<PulseCut, { readonly kind: 'window' }>,
  { selection, columns, fields }: EventFunctionContext,
): KeptPulses {
  const energy = columns.get(cut.energy)!;
  const t0 = columns.get(cut.t0)!;
  const sizes = pulsesOf(energy);
  const times = pulsesOf(t0);
  const at = typeof cut.at === 'string' ? fields.get(cut.at)! : undefined;
  const [from, to] = cut.range;
  const { starts } = sizes;
  const keep = new Uint8Array(sizes.at.length);
  for (let hit = 0; hit + 1 < starts.length; hit++) {
    const place = at === undefined ? Number(cut.at) : Number(at.data[selection.event[hit]! * at.step]);
    const located = Number.isNaN(place) ? cut.atOtherwise : place;
    const [firstTime, lastTime] = [times.starts[hit]!, times.starts[hit + 1]!];
    for (let p = starts[hit]!, t = firstTime; p < starts[hit + 1]!; p++, t++) {
      const time = t < lastTime ? Number(t0.data[times.at[t]!]) : Number.NaN;
      const large = Number(energy.data[sizes.at[p]!]) > cut.threshold;
      keep[p] = large && located + from < time && time < located + to ? 1 : 0;
    }
  }
  return { keep, starts };
}

/** The pulses that are kept. */
export function chosenPulses({ at, starts }: HitPulses, kept: KeptPulses): HitPulses {
  const chosen = new Int32Array(at.length);
  const newStarts = new Int32Array(starts.length);
  let out = 0;
  for (let hit = 0; hit + 1 < starts.length; hit++) {
    const known = Math.min(starts[hit + 1]! - starts[hit]!, kept.starts[hit + 1]! - kept.starts[hit]!);
    for (let p = 0; p < known; p++) {
      if (kept.keep[kept.starts[hit]! + p] === 1) chosen[out++] = at[starts[hit]! + p]!;
    }
    newStarts[hit + 1] = out;
  }
  return { at: chosen.subarray(0, out), starts: newStarts };
}
