import type { RecordBatch, TableSchema } from '@countroom/records';
import { scalarColumn } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { sampleFacts } from '../../testing/sample-batches.js';
import { infoBatch, infoSchema } from '../info-table.js';
import { accountBatch, type SourceAccount } from '../source-account.js';
import { SpoolRecount, wholeEvents } from './spool-recount.js';

const table = (name: string): TableSchema => ({
  name,
  columns: ['livetime', 'deadtime', 'bufferwait', 'hosttime'].map((column) => scalarColumn(column, 'int64')),
});
const [a, b] = [table('ch0000000/raw'), table('ch0000001/raw')];

/** Rows of 10 ns live, 3 ns dead and 1 ns waiting each, which came at 1000 ns and 100 ns apart. */
function rows(schema: TableSchema, from: number, count: number): RecordBatch {
  const filled = (value: (row: number) => bigint) => ({
    data: BigInt64Array.from({ length: count }, (_, row) => value(from + row)),
  });
  const columns = [
    filled(() => 10n),
    filled(() => 3n),
    filled(() => 1n),
    filled((row) => BigInt(1000 + 100 * row)),
  ];
  return { schema, rows: count, columns };
}

const account: SourceAccount = {
  timeNs: 1150n,
  triggers: 4n,
  recorded: 4n,
  dropped: 0n,
  runNs: 29n + 500n,
  pausedNs: 500n,
  liveNs: 21n,
  deadNs: 6n,
  bufferNs: 2n,
};

function recount(timeInRows: boolean): SpoolRecount {
  const { source, run, device } = sampleFacts;
  return new SpoolRecount({
    version: 1,
    endianness: 'little',
    segment: 0,
    firstSequence: 0n,
    anchors: [],
    source,
    run,
    device,
    schemas: [infoSchema, a, b],
    rowsPerEvent: 2,
    timeInRows,
  });
}

describe('what a spool tells of its source', () => {
  it('is the time up to the last whole event, where rows tell time; pauses are those of the last account', () => {
    const spool = recount(true);
    for (const schema of [a, b]) spool.add(rows(schema, 0, 2), false, 100);
    spool.add(accountBatch(account), true, 64);
    spool.add(rows(a, 2, 3), false, 100);
    spool.add(rows(b, 2, 1), false, 100);
    expect(spool.result()).toEqual({
      source: sampleFacts.source,
      events: 3n,
      bytes: 464n,
      rowsPerEvent: 2,
      account: { ...account, timeNs: 1200n, liveNs: 30n, deadNs: 9n, bufferNs: 3n, runNs: 42n + 500n },
      complete: false,
    });
  });

  it('is the time of the last account, where that came behind the last row or rows do not tell', () => {
    for (const timeInRows of [true, false]) {
      const spool = recount(timeInRows);
      for (const schema of [a, b]) spool.add(rows(schema, 0, 2), false, 100);
      spool.add(accountBatch(account), true, 64);
      if (!timeInRows) spool.add(rows(a, 2, 3), false, 100);
      expect(spool.result().account).toEqual(account);
    }
  });

  it('is complete when an account stands behind the last line', () => {
    const spool = recount(true);
    spool.add(infoBatch([{ timeNs: 9n, message: 'Ending run' }]), true, 10);
    expect(spool.result()).toMatchObject({ complete: false });
    spool.add(accountBatch(account), true, 64);
    expect(spool.result()).toMatchObject({ complete: true });
  });

  it('counts an event that was cut off in one of its tables in none', () => {
    expect(wholeEvents([200, 100], 2)).toBe(100);
    expect(wholeEvents([9], 2)).toBe(4);
    expect(wholeEvents([5, 7], 1)).toBe(12);
  });
});
