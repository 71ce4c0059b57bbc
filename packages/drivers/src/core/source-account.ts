import { columnOf, type RecordBatch } from '@countroom/records';
import type { DriverCounters } from './driver.js';
import { accountColumn, infoSchema } from './info-table.js';
import { timeShares } from './time-account.js';

/**
 * Counters of a driver at a place in its data: every row that stands before it is counted, none that stands behind it.
 * Rows, from the start of the run; times in ns of the device's clock, runNs = liveNs + deadNs + bufferNs + pausedNs.
 */
export interface SourceAccount {
  /** Wall clock, ns since 1970. */
  readonly timeNs: bigint;
  readonly triggers: bigint;
  readonly recorded: bigint;
  readonly dropped: bigint;
  readonly runNs: bigint;
  readonly pausedNs: bigint;
  readonly liveNs: bigint;
  /** Dead time of the device, all named parts but the buffer's. */
  readonly deadNs: bigint;
  readonly bufferNs: bigint;
}

const order = [
  'triggers',
  'recorded',
  'dropped',
  'runNs',
  'pausedNs',
  'liveNs',
  'deadNs',
  'bufferNs',
] as const satisfies readonly (keyof SourceAccount)[];

/** Counters of a driver as they are kept with its data. */
export function accountOf(counters: DriverCounters, timeNs: bigint): SourceAccount {
  const { triggers, recorded, dropped, time } = counters;
  const { runNs, pausedNs } = time;
  return { timeNs, triggers, recorded, dropped, runNs, pausedNs, ...timeShares(time) };
}

/** An account as a batch of `run/info`: a row without a text. It is to be published as a record of no rows of the run. */
export function accountBatch(account: SourceAccount): RecordBatch {
  return {
    schema: infoSchema,
    rows: 1,
    columns: [
      { data: BigInt64Array.of(account.timeNs) },
      { data: new Uint8Array(0), offsets: new Uint32Array(2) },
      {
        data: BigInt64Array.from(order, (key) => account[key]),
        offsets: Uint32Array.of(0, order.length),
      },
    ],
  };
}

/** The last account in a batch of `run/info`; undefined where there is none (spools of before have no such column). */
export function lastAccountIn(batch: RecordBatch): SourceAccount | undefined {
  if (!batch.schema.columns.some(({ name }) => name === accountColumn)) return undefined;
  const { data, offsets } = columnOf(batch, accountColumn).column;
  const times = columnOf(batch, 'time').column.data;
  for (let row = batch.rows - 1; row >= 0; row--) {
    const from = offsets?.[row] ?? 0;
    if ((offsets?.[row + 1] ?? 0) - from !== order.length) continue;
    const values = order.map((key, index) => [key, BigInt(data[from + index] ?? 0)]);
    return { timeNs: BigInt(times[row] ?? 0), ...Object.fromEntries(values) } as SourceAccount;
  }
  return undefined;
}
