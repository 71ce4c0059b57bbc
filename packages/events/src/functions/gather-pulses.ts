import { newArray, type Vector } from '@countroom/expressions';
import type { EventFunction, EventFunctionContext } from '../building/event-functions.js';
import { Arguments } from './arguments.js';
import { checkCut, checkPulses, cutArguments, keptPulses, needsOf, pulsesOf, readCut } from './pulses.js';

const layouts = ['sparse', 'non_sparse', 'drop_empty'] as const;

/** Lists of lists of pulses: events, in them hits, in them pulses. */
export const gatherPulseData: EventFunction = {
  name: 'spms.gather_pulse_data',
  description: 'A number of every pulse of every channel, event by event, with a cut on pulses.',
  prepare(given) {
    const args = new Arguments(this.name, given, ['observable', 'out_layout', 'drop_empty', ...cutArguments]);
    const observable = args.column('observable');
    const cut = readCut(args, false);
    const layout = args.choice(
      'out_layout',
      layouts,
      args.flag('drop_empty', false) ? 'drop_empty' : 'sparse',
    );
    const needs = needsOf(cut);
    return {
      columns: [...new Set([observable, ...needs.columns])],
      fields: needs.fields,
      type: (types) => {
        checkPulses(observable, types);
        checkCut(cut, types);
        return { kind: types.get(observable)!.kind, depth: 2 };
      },
      run: (context) => {
        const column = context.columns.get(observable)!;
        const kept = keptPulses(cut, context, (hit) => pulsesOf(column, hit).length);
        const places = kept.map((keep, hit) => pulsesOf(column, hit).filter((_, p) => keep[p]));
        return nested(context, column, places, layout);
      },
    };
  },
};

/** The same shape as {@link gatherPulseData} in the layout `sparse`: true where a pulse is kept. */
export const makePulseDataMask: EventFunction = {
  name: 'spms.make_pulse_data_mask',
  description: 'Which pulses are large enough and in a window of time.',
  prepare(given) {
    const names = cutArguments.filter((name) => name !== 'pulse_mask');
    const cut = readCut(new Arguments(this.name, given, names), true);
    const needs = needsOf(cut);
    return {
      ...needs,
      type: (types) => {
        checkCut(cut, types);
        return { kind: 'bool', depth: 2 };
      },
      run: (context) => {
        const kept = keptPulses(cut, context, () => 0);
        const flags: Vector = { kind: 'bool', data: Uint8Array.from(kept.flat(), Number), step: 1 };
        let next = 0;
        return nested(
          context,
          flags,
          kept.map((keep) => keep.map(() => next++)),
          'sparse',
        );
      },
    };
  },
};

const mapFields = {
  table_key: 'table_key',
  id: 'table_key',
  array_id: 'table_key',
  row_in_table: 'row_in_table',
  idx: 'row_in_table',
  array_idx: 'row_in_table',
  index: 'index',
} as const;

/** Keys, rows or places of the chosen channels' hits. */
export const gatherTcmData: EventFunction = {
  name: 'spms.gather_tcm_data',
  description: 'Table keys, rows or places in the map of the hits of the chosen channels, event by event.',
  prepare(given) {
    const args = new Arguments(this.name, given, ['tcm_field', 'drop_empty', ...cutArguments]);
    const choices = Object.keys(mapFields) as (keyof typeof mapFields)[];
    const field = mapFields[args.choice('tcm_field', choices, 'table_key')];
    const dropEmpty = args.flag('drop_empty', false);
    const cut = dropEmpty ? readCut(args, true) : ({ kind: 'all' } as const);
    const energy = cut.kind === 'mask' ? [args.column('energy_observable', 'hit.energy_in_pe')] : [];
    const needs = needsOf(cut);
    return {
      columns: [...new Set([...needs.columns, ...energy])],
      fields: needs.fields,
      type: (types) => {
        checkCut(cut, types);
        for (const column of energy) checkPulses(column, types);
        return { kind: 'int32', depth: 1 };
      },
      run: (context) => {
        const { selection, map, keys, firstHit } = context;
        const counts = (hit: number): number =>
          energy.length === 0 ? 1 : pulsesOf(context.columns.get(energy[0]!)!, hit).length;
        const kept = dropEmpty
          ? keptPulses(cut, context, counts).map((keep) => keep.includes(true))
          : undefined;
        const data: number[] = [];
        const offsets = new Int32Array(selection.ends.length + 1);
        for (let i = 0, e = 0; e < selection.ends.length; e++) {
          for (; i < selection.ends[e]!; i++) {
            const hit = selection.hits[i]!;
            if (kept?.[i] === false) continue;
            if (field === 'index') data.push(firstHit + hit);
            else data.push(field === 'table_key' ? keys[map.table[hit]!]! : map.row[hit]!);
          }
          offsets[e + 1] = data.length;
        }
        return { kind: 'int32', data: Int32Array.from(data), step: 1, offsets: [offsets] };
      },
    };
  },
};

/** Values at places, hit by hit, in lists of lists. */
function nested(
  { selection, map, tables }: EventFunctionContext,
  values: Vector,
  places: readonly (readonly number[])[],
  layout: (typeof layouts)[number],
): Vector {
  const outer = new Int32Array(selection.ends.length + 1);
  const lists: (readonly number[])[] = [];
  for (let i = 0, e = 0; e < selection.ends.length; e++) {
    const end = selection.ends[e]!;
    if (layout === 'non_sparse') {
      for (const table of tables) {
        const own: number[] = [];
        for (let hit = i; hit < end; hit++) {
          if (map.table[selection.hits[hit]!] === table) own.push(...places[hit]!);
        }
        lists.push(own);
      }
      i = end;
    } else {
      for (; i < end; i++) if (layout === 'sparse' || places[i]!.length > 0) lists.push(places[i]!);
    }
    outer[e + 1] = lists.length;
  }
  const inner = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => {
    inner[i + 1] = inner[i]! + list.length;
  });
  const data = newArray(values.kind, inner[lists.length]!);
  let at = 0;
  for (const list of lists) for (const place of list) data[at++] = values.data[place]!;
  return { kind: values.kind, data, step: 1, offsets: [outer, inner] };
}
