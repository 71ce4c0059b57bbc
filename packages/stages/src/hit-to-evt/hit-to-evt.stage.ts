import { type CoincidenceMap, EventPlan, eventFunctions, type TableRows, tiersOf } from '@countroom/events';
import { StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import { type KeyedMap, readKeys, readMap } from '../build-tcm/map-table.js';
import { absentChannels, keysOfList } from './channel-map.js';
import { type HitToEvtOptions, hitToEvtOptions, toOperation } from './evt-options.js';
import { functionTables } from './function-tables.js';
import { type TierTables, tierTables } from './tier-tables.js';

const stage = 'hit_to_evt';
const tiersRead = ['hit', 'dsp', 'raw'] as const;
/** Events whose keys are looked through at once. */
const keysAtOnce = 100_000;
/** Keys below this are looked up by place. */
const fewKeys = 1 << 22;

/** One row per event out of the hits of all channels, after a coincidence map. */
export const hitToEvt: TableStage<HitToEvtOptions> = {
  name: stage,
  version: '2',
  title: 'Build events',
  description: 'Multiplicities, sums, leading hits and other fields of events from the hits of all channels.',
  dependsOn: 'tcm',
  alsoReads: tiersRead,
  reads: (options) => ['tcm', ...tiersUsed(options)],
  provides: 'evt',
  configSchema: hitToEvtOptions,
  untracked: ['eventsAtOnce'],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get('tcm')!;
    const map = await mapName(reader, config.map);
    const events = map.rows;
    const read = async (start: number): Promise<KeyedMap> =>
      readMap(stage, map.path, await reader.read(map.path, [start, start + config.eventsAtOnce]));
    const keys = new Set<number>();
    for (let start = 0; start < events; start += keysAtOnce) {
      const block = await reader.read(map.path, [start, start + keysAtOnce], ['table_key']);
      for (const key of readKeys(stage, map.path, block)) if (!keys.has(key)) keys.add(key);
    }
    const tiers = await Promise.all(
      tiersRead
        .filter((tier) => inputs.has(tier))
        .map((tier) =>
          tierTables(tier, inputs.get(tier)!, config.tables[tier] ?? `ch{}/${tier}`, stage, 'tables'),
        ),
    );
    for (const { tables } of tiers) for (const key of tables.keys()) keys.add(key);
    const order = [...keys].sort((a, b) => a - b);
    for (const text of absentChannels(config, keys)) context.log('warning', text);
    const plan = planOf(config, order, tiers);
    const positions = positionsIn(order);
    let firstHit = 0;
    for (let start = 0; start === 0 || start < events; start += config.eventsAtOnce) {
      if (context.signal.aborted) break;
      const part = await read(start);
      const chunk = positions(part);
      const blocks = await readRows(plan, chunk, order, tiers);
      const rows = plan.build({
        map: chunk,
        firstHit,
        rows: (tier, table) => blocks.get(`${tier} ${table}`),
      });
      yield { path: config.name, rows };
      firstHit += part.row.length;
      context.progress(Math.min(events, start + config.eventsAtOnce), events);
    }
    return { events, hits: firstHit };
  },
};

/** Tiers whose columns the fields are made of: others are not read, and a change of them changes nothing. */
function tiersUsed(options: HitToEvtOptions): readonly string[] {
  const operations = Object.values(options.config.operations).map(toOperation);
  const used = tiersOf(operations, eventFunctions(functionTables(options)));
  return tiersRead.filter((tier) => used.has(tier));
}

async function mapName(
  reader: TableReader,
  name: string | undefined,
): Promise<{ path: string; rows: number }> {
  const found = await reader.tables(0);
  const maps = found.filter(({ path, sample }) =>
    name === undefined ? sample.columns.has('table_key') : path === name,
  );
  if (maps.length === 1) return maps[0]!;
  const known = found.map(({ path }) => path).join(', ') || 'no tables';
  throw new StageError(
    stage,
    maps.length === 0
      ? `map: there is no coincidence map ${name ?? ''} in ${reader.name}; it has ${known}`
      : `map: ${reader.name} has several maps (${maps.map(({ path }) => path).join(', ')}); name one`,
  );
}

function planOf(options: HitToEvtOptions, order: readonly number[], tiers: readonly TierTables[]): EventPlan {
  const { config, compat, metadata } = options;
  const positions = new Map(order.map((key, position) => [key, position]));
  const channels = Object.entries(config.channels).map(([list, named]): [string, number[]] => [
    list,
    // A channel without a hit and without a table takes part in no event.
    keysOfList(list, named, metadata).flatMap((key) => positions.get(key) ?? []),
  ]);
  const tables = functionTables(options, order);
  const operations = Object.entries(config.operations).map(
    ([name, one]) => [name, toOperation(one)] as const,
  );
  const samples = tiers.map(({ tier, tables }) => [
    tier,
    order.map((key) => ({ path: tables.get(key)?.path ?? `of key ${key}`, sample: tables.get(key)?.sample })),
  ]);
  try {
    return new EventPlan(
      {
        channels: Object.fromEntries(channels),
        operations: Object.fromEntries(operations),
        outputs: config.outputs,
        ...(compat === 'pygama' ? { compat } : {}),
      },
      {
        keys: order,
        tiers: Object.fromEntries(samples) as never,
        functions: eventFunctions(tables),
      },
    );
  } catch (cause) {
    throw new StageError(
      stage,
      `config: ${cause instanceof Error ? cause.message : String(cause)}`,
      [],
      cause,
    );
  }
}

/** Puts the positions of tables in the place of their keys. */
function positionsIn(order: readonly number[]): (map: KeyedMap) => CoincidenceMap {
  const last = order.at(-1) ?? 0;
  if (last >= fewKeys || (order[0] ?? 0) < 0) {
    const position = new Map(order.map((key, i) => [key, i]));
    return ({ key, row, ends }) => ({ table: key.map((one) => position.get(one)!), row, ends });
  }
  const position = new Int32Array(last + 1);
  order.forEach((key, i) => {
    position[key] = i;
  });
  return ({ key, row, ends }) => ({ table: key.map((one) => position[one]!), row, ends });
}

/** The rows between the first and the last hit of each table, for the columns that are needed. */
async function readRows(
  plan: EventPlan,
  map: CoincidenceMap,
  order: readonly number[],
  tiers: readonly TierTables[],
): Promise<Map<string, TableRows>> {
  const firsts = new Int32Array(order.length).fill(2 ** 31 - 1);
  const lasts = new Int32Array(order.length).fill(-1);
  for (let hit = 0; hit < map.table.length; hit++) {
    const table = map.table[hit]!;
    const row = map.row[hit]!;
    if (row < firsts[table]!) firsts[table] = row;
    if (row > lasts[table]!) lasts[table] = row;
  }
  const blocks = new Map<string, TableRows>();
  for (const { tier, reader, tables } of tiers) {
    for (const [table, columns] of plan.columnsOf(tier)) {
      const last = lasts[table]!;
      const first = Math.min(firsts[table]!, last + 1);
      const { path, sample } = tables.get(order[table]!)!;
      const tops = [
        ...new Set(columns.map((column) => (sample.columns.has(column) ? column : column.split('__')[0]!))),
      ];
      blocks.set(`${tier} ${table}`, {
        start: first,
        rows: await reader.read(path, [first, last + 1], tops),
      });
    }
  }
  return blocks;
}
