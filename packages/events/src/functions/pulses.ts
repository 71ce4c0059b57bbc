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

/** Places of the pulses of each hit in the flat data of a column; NaN, which fills lists up, is left out. */
export function pulsesOf(column: Vector, hit: number): number[] {
  const [starts] = column.offsets!;
  const found: number[] = [];
  for (let i = starts![hit]!; i < starts![hit + 1]!; i++) {
    if (!Number.isNaN(Number(column.data[i]))) found.push(i);
  }
  return found;
}

/**
 * For each chosen hit which of its pulses are kept, in their order. Pulses are counted without what fills lists up.
 * @param counts number of pulses per hit, for cuts that do not tell themselves
 * Throws an EventError when a mask was made for other pulses.
 */
export function keptPulses(
  cut: PulseCut,
  { selection, columns, fields }: EventFunctionContext,
  counts: (hit: number) => number,
): boolean[][] {
  const { hits, event, ends } = selection;
  if (cut.kind === 'all') return Array.from(hits, (_, i) => Array<boolean>(counts(i)).fill(true));
  if (cut.kind === 'mask') {
    const mask = fields.get(cut.field)!;
    const [outer, inner] = mask.offsets!;
    return Array.from(hits, (_, i) => {
      const e = event[i]!;
      const nth = i - (e === 0 ? 0 : ends[e - 1]!);
      const list = outer![e]! + nth;
      const [from, to] = list < outer![e + 1]! ? [inner![list]!, inner![list + 1]!] : [0, -1];
      if (to - from !== counts(i)) throw new EventError(`${cut.field} was made for other pulses or channels`);
      return Array.from({ length: to - from }, (_, p) => mask.data[from + p] === 1);
    });
  }
  const energy = columns.get(cut.energy)!;
  const t0 = columns.get(cut.t0)!;
  const at = typeof cut.at === 'string' ? fields.get(cut.at)! : undefined;
  const [from, to] = cut.range;
  return Array.from(hits, (_, i) => {
    const place = at === undefined ? Number(cut.at) : Number(at.data[event[i]! * at.step]);
    const located = Number.isNaN(place) ? cut.atOtherwise : place;
    const times = pulsesOf(t0, i);
    return pulsesOf(energy, i).map((pulse, p) => {
      const time = times[p] === undefined ? Number.NaN : Number(t0.data[times[p]]);
      return Number(energy.data[pulse]) > cut.threshold && located + from < time && time < located + to;
    });
  });
}
