import { pickData, type Vector } from '@countroom/expressions';
import type { EventFunction, EventFunctionContext } from '../building/event-functions.js';
import { Arguments } from './arguments.js';
import {
  checkCut,
  checkPulses,
  chosenPulses,
  cutArguments,
  type HitPulses,
  keptPulses,
  needsOf,
  pulsesOf,
  readCut,
} from './pulses.js';

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
        const pulses = pulsesOf(column);
        const kept = keptPulses(cut, context, () => pulses);
        return nested(context, column, chosenPulses(pulses, kept), layout);
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
        const { keep, starts } = keptPulses(cut, context, () => ({ starts: none }));
        const { ends } = context.selection;
        const outer = new Int32Array(ends.length + 1);
        outer.set(ends, 1);
        return { kind: 'bool', data: keep, step: 1, offsets: [outer, starts] };
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
        const { hits, ends } = selection;
        const kept = dropEmpty
          ? keptPulses(cut, context, () => pulsesOf(context.columns.get(energy[0]!)!))
          : undefined;
        const data = new Int32Array(hits.length);
        const offsets = new Int32Array(ends.length + 1);
        let out = 0;
        for (let e = 0, i = 0; e < ends.length; e++) {
          for (; i < ends[e]!; i++) {
            const hit = hits[i]!;
            if (kept !== undefined && !kept.keep.subarray(kept.starts[i], kept.starts[i + 1]).includes(1))
              continue;
            if (field === 'index') data[out++] = firstHit + hit;
            else data[out++] = field === 'table_key' ? keys[map.table[hit]!]! : map.row[hit]!;
          }
          offsets[e + 1] = out;
        }
        return { kind: 'int32', data: data.subarray(0, out), step: 1, offsets: [offsets] };
      },
    };
  },
};

const none = new Int32Array(0);

/** Values of pulses in lists of lists: events, in them hits (or channels), in them pulses. */
function nested(
  { selection, map, tables }: EventFunctionContext,
  values: Vector,
  { at, starts }: HitPulses,
  layout: (typeof layouts)[number],
): Vector {
  const { hits, ends } = selection;
  const data = pickData(values.kind, values.data, at);
  const outer = new Int32Array(ends.length + 1);
  const inner = new Int32Array(1 + (layout === 'non_sparse' ? ends.length * tables.length : hits.length));
  let lists = 0;
  for (let e = 0, i = 0; e < ends.length; e++) {
    if (layout === 'non_sparse') {
      // Hits of an event stand in the order of the tables.
      for (const table of tables) {
        while (i < ends[e]! && map.table[hits[i]!] === table) i++;
        inner[++lists] = starts[i]!;
      }
      i = ends[e]!;
    } else {
      for (; i < ends[e]!; i++)
        if (layout === 'sparse' || starts[i + 1]! > starts[i]!) inner[++lists] = starts[i + 1]!;
    }
    outer[e + 1] = lists;
  }
  return { kind: values.kind, data, step: 1, offsets: [outer, inner.subarray(0, lists + 1)] };
}
