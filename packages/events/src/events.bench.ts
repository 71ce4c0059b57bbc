import type { NdArray, Table } from '@countroom/records';
import type { EventOperation } from './building/event-config.js';
import { EventPlan } from './building/event-plan.js';
import { CoincidenceBuilder } from './coincidence/coincidence-builder.js';
import { type CoincidenceMap, concatMaps } from './coincidence/coincidence-map.js';

const hits = 2_000_000;
const rounds = 3;
const blockRows = 20_000;

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

function buildMap(times: readonly Float64Array[]): CoincidenceMap {
  const builder = new CoincidenceBuilder({
    tables: times.map((_, key) => ({ path: `ch${key}`, key })),
    columns: [{ name: 'timestamp', window: 0.2 }],
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
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function say(what: string, milliseconds: number): void {
  console.log(`${what.padEnd(48)} ${(hits / milliseconds / 1000).toFixed(1)} million hits/s`);
}

for (const tables of [2, 8, 100]) {
  const times = makeTimes(tables);
  say(
    `coincidence map of ${tables} tables`,
    best(() => void buildMap(times)),
  );
}

const times = makeTimes(8);
const map = buildMap(times);
const tables = times.map(({ length }, t): Table => {
  const data = Float64Array.from({ length }, (_, i) => (i * 37 + t) % 3000);
  const energy: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'float64',
    shape: [length],
    data,
    attrs: {},
  };
  return { kind: 'table', rows: length, columns: new Map([['energy', energy]]), attrs: {} };
});
const fields: Record<string, EventOperation> = {
  'multiplicity: sum': { expression: 'hit.energy > 25', aggregationMode: 'sum' },
  'energies: gather with a query': {
    expression: 'hit.energy',
    aggregationMode: 'gather',
    query: 'hit.energy > 25',
  },
  'leading channel: last_at': {
    expression: 'tcm.table_key',
    aggregationMode: 'last_at:hit.energy',
    initial: 0,
  },
};
for (const [name, field] of Object.entries(fields)) {
  const plan = new EventPlan(
    { channels: {}, operations: { field } },
    {
      keys: times.map((_, key) => key),
      tiers: { hit: tables.map((sample, i) => ({ path: `ch${i}/hit`, sample })) },
    },
  );
  const chunk = {
    map,
    firstHit: 0,
    rows: (_: string, table: number) => ({ start: 0, rows: tables[table]! }),
  };
  say(
    name,
    best(() => void plan.build(chunk)),
  );
}
