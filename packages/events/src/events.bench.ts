import { cpus, loadavg } from 'node:os';
import type { NdArray, Table, VectorOfVectors } from '@countroom/records';
import type { EventOperation } from './building/event-config.js';
import { EventPlan } from './building/event-plan.js';
import { CoincidenceBuilder } from './coincidence/coincidence-builder.js';
import { type CoincidenceMap, concatMaps } from './coincidence/coincidence-map.js';
import { eventFunctions } from './functions/registry.js';

/**
 * Speed of maps and of every aggregation mode, in million hits per second of processor time of this process (its helper
 * threads included), the best of some runs.
 */
const hits = 2_000_000;
const rounds = 3;
const blockRows = 20_000;
/** As many events as the stage builds at once. */
const eventsAtOnce = 10_000;

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Times of each table: together one hit per unit of time on the average. */
function makeTimes(tables: number): Float64Array[] {
  const random = randomNumbers();
  return Array.from({ length: tables }, () => {
    let time = 0;
    return Float64Array.from({ length: hits / tables }, () => (time -= tables * Math.log(1 - random())));
  });
}

function buildMap(times: readonly Float64Array[], window: number): CoincidenceMap {
  const builder = new CoincidenceBuilder({
    tables: times.map((_, key) => ({ path: `ch${key}`, key })),
    columns: [{ name: 'timestamp', window }],
    reference: 'last',
  });
  const next = times.map(() => 0);
  const parts: CoincidenceMap[] = [];
  for (let slowest = builder.slowest(); slowest !== undefined; slowest = builder.slowest()) {
    const own = times[slowest]!;
    const stop = Math.min(own.length, next[slowest]! + blockRows);
    builder.push(slowest, [own.subarray(next[slowest], stop)]);
    next[slowest] = stop;
    if (stop === own.length) builder.end(slowest);
    parts.push(builder.take());
  }
  return concatMaps([...parts, builder.take()]);
}

function best(work: () => void): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function say(what: string, milliseconds: number): void {
  process.stdout.write(
    `${what.padEnd(60)} ${(hits / milliseconds / 1000).toFixed(1).padStart(6)} million hits/s\n`,
  );
}

function array(data: Float64Array | Uint32Array): NdArray {
  const dtype = data instanceof Uint32Array ? 'uint32' : 'float64';
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}

/** Two pulses per hit: sizes of 0 to 5, times of 0 to 1000. */
function pulsesOf(rows: number, most: number): VectorOfVectors {
  const flattened = array(Float64Array.from({ length: 2 * rows }, (_, i) => (i * 37) % most));
  const cumulative = array(Uint32Array.from({ length: rows }, (_, i) => 2 * (i + 1)));
  return { kind: 'vov', cumulative, flattened, attrs: {} };
}

/** A chunk of the stage's size. */
function chunksOf({ table, row, ends }: CoincidenceMap): { map: CoincidenceMap; firstHit: number }[] {
  const chunks: { map: CoincidenceMap; firstHit: number }[] = [];
  for (let first = 0; first < ends.length; first += eventsAtOnce) {
    const last = Math.min(ends.length, first + eventsAtOnce);
    const [from, to] = [first === 0 ? 0 : ends[first - 1]!, ends[last - 1]!];
    const map = {
      table: table.slice(from, to),
      row: row.slice(from, to),
      ends: ends.slice(first, last).map((end) => end - from),
    };
    chunks.push({ map, firstHit: from });
  }
  return chunks;
}

process.stdout.write(
  `${cpus()[0]?.model ?? ''}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}, one thread, processor time\n`,
);
for (const tables of [2, 8, 100, 1000]) {
  const times = makeTimes(tables);
  say(
    `coincidence map of ${tables} tables`,
    best(() => void buildMap(times, 0.2)),
  );
}

const times = makeTimes(8);
// Events of three hits on the average.
const map = buildMap(times, 1.1);
const chunks = chunksOf(map);
const tables = times.map(({ length }, t): Table => {
  const energy = array(Float64Array.from({ length }, (_, i) => (i * 37 + t) % 3000));
  const columns = new Map<string, NdArray | VectorOfVectors>([
    ['energy', energy],
    ['timestamp', array(times[t]!)],
    ['sizes', pulsesOf(length, 5)],
    ['t0', pulsesOf(length, 1000)],
  ]);
  return { kind: 'table', rows: length, columns, attrs: {} };
});
const shares = times.map((_, row) => times.map((__, column) => (row === column ? 0 : 1e-3)));
const functions = eventFunctions({
  crossTalk: { channels: times.map((_, key) => key), negative: shares, positive: shares },
  calibrations: new Map(
    times.map((_, key) => [key, { cal: { expression: 'a + b * energy', parameters: { a: 0.5, b: 1.01 } } }]),
  ),
});
const energy = { expression: 'hit.energy' };
const call = (expression: string): EventOperation => ({ expression, aggregationMode: 'function' });
const window =
  'a_thr_pe=1, t_loc_ns=0, dt_range_ns=(0, 500), energy_observable=hit.sizes, t0_observable=hit.t0';
const talk =
  'uncal_energy_expr="hit.energy", cal_energy_expr="hit.energy", multiplicity_expr="hit.energy > 25", energy_threshold=5';
/** Name, the field that is measured, and the fields that it needs. */
const cases: [string, EventOperation, Record<string, EventOperation>?][] = [
  ['sum', { expression: 'hit.energy > 25', aggregationMode: 'sum', initial: 0 }],
  ['sum with a query', { ...energy, aggregationMode: 'sum', initial: 0, query: 'hit.energy > 25' }],
  ['any', { expression: 'hit.energy > 25', aggregationMode: 'any' }],
  ['all', { expression: 'hit.energy > 25', aggregationMode: 'all' }],
  ['first_at', { ...energy, aggregationMode: 'first_at:hit.timestamp' }],
  ['last_at', { expression: 'tcm.table_key', aggregationMode: 'last_at:hit.energy', initial: 0 }],
  ['gather', { ...energy, aggregationMode: 'gather' }],
  ['gather with a query', { ...energy, aggregationMode: 'gather', query: 'hit.energy > 25' }],
  ['gather, sorted', { ...energy, aggregationMode: 'gather', sort: 'descend_by:hit.energy' }],
  ['gather of lists', { expression: 'hit.sizes', aggregationMode: 'gather' }],
  [
    'keep_at_ch, one channel per event',
    { ...energy, aggregationMode: 'keep_at_ch:evt.f' },
    { f: { expression: 'tcm.table_key', aggregationMode: 'last_at:hit.energy', initial: 0 } },
  ],
  [
    'keep_at_ch, lists of channels',
    { ...energy, aggregationMode: 'keep_at_ch:evt.f' },
    { f: { expression: 'tcm.table_key', aggregationMode: 'gather' } },
  ],
  [
    'keep_at_idx, one place per event',
    { ...energy, aggregationMode: 'keep_at_idx:evt.f' },
    { f: { expression: 'tcm.index', aggregationMode: 'last_at:hit.energy', initial: -1 } },
  ],
  [
    'keep_at_idx, lists of places',
    { ...energy, aggregationMode: 'keep_at_idx:evt.f' },
    { f: { expression: 'tcm.index', aggregationMode: 'gather' } },
  ],
  [
    'expression over fields',
    { expression: 'evt.f * 2 + 1' },
    { f: { ...energy, aggregationMode: 'sum', initial: 0 } },
  ],
  ['function: gather_tcm_data', call("spms.gather_tcm_data(<...>, tcm_field='index')")],
  ['function: gather_pulse_data', call('spms.gather_pulse_data(<...>, observable=hit.sizes)')],
  [
    'function: gather_pulse_data with a cut',
    call(`spms.gather_pulse_data(<...>, observable=hit.sizes, ${window}, out_layout=drop_empty)`),
  ],
  ['function: make_pulse_data_mask', call(`spms.make_pulse_data_mask(<...>, ${window})`)],
  [
    'function: geds_coincidence_classifier',
    call(
      'spms.geds_coincidence_classifier(<...>, spms_t0=evt.t, spms_amp=evt.a, geds_t0_ns=0, ts_bkg_prob=0.5, rc_density=[1, 1, 1])',
    ),
    {
      t: call('spms.gather_pulse_data(<...>, observable=hit.t0)'),
      a: call('spms.gather_pulse_data(<...>, observable=hit.sizes)'),
    },
  ],
  [
    'function: apply_recovery_cut',
    call('geds.apply_recovery_cut(<...>, timestamps=evt.t, flag=evt.f, time_window=10)'),
    {
      t: { expression: 'hit.timestamp', aggregationMode: 'first_at:hit.timestamp' },
      f: { expression: 'hit.energy > 2990', aggregationMode: 'any' },
    },
  ],
  ['function: apply_xtalk_correction', call(`geds.apply_xtalk_correction(<...>, ${talk})`)],
  [
    'function: apply_xtalk_correction_and_calibrate',
    call(
      `geds.apply_xtalk_correction_and_calibrate(<...>, ${talk}, uncal_var="hit.energy", recal_var="cal")`,
    ),
  ],
];

function timeOf(operations: Record<string, EventOperation>): number {
  const tiers = { hit: tables.map((sample, i) => ({ path: `ch${i}/hit`, sample })) };
  const plan = new EventPlan(
    { channels: {}, operations },
    { keys: times.map((_, key) => key), tiers, functions },
  );
  const rows = (_: string, table: number): { start: number; rows: Table } => ({
    start: 0,
    rows: tables[table]!,
  });
  return best(() => {
    for (const chunk of chunks) plan.build({ ...chunk, rows });
  });
}

process.stdout.write(`${map.ends.length} events of ${(hits / map.ends.length).toFixed(1)} hits\n`);
for (const [name, field, needs = {}] of cases) {
  // What the field itself takes: fields that it needs are measured on their own.
  const before = Object.keys(needs).length === 0 ? 0 : timeOf(needs);
  say(name, Math.max(1, timeOf({ ...needs, field }) - before));
}
