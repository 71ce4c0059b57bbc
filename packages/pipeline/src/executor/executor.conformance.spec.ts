import type { NdArray } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../stage/stage-options.js';
import { scaleStage } from '../testing/example-stages.js';
import { MemorySink, memorySource, numberSource, numberTable } from '../testing/memory-tables.js';
import type { RowExecutor } from './executor.js';
import { InlineExecutor } from './inline-executor.js';
import type { StageProgress, TableSource } from './table-ports.js';
import { ThreadExecutor } from './thread-executor.js';

const module = new URL('../../dist/testing/example-stages.js', import.meta.url).href;
const sent = memorySource({ a: numberTable(1000), b: numberTable(7), empty: numberTable(0) });
const opened = numberSource({ a: 1000, b: 7, empty: 0 });
const threads = (count: number, worthwhileMs: number) => () =>
  new ThreadExecutor({ threads: count, module, worthwhileMs });

const executors: [string, () => RowExecutor, TableSource][] = [
  ['inline', () => new InlineExecutor(), sent],
  ['one thread', threads(1, 0), sent],
  ['1 other thread that is sent its rows', threads(2, 0), sent],
  ['3 other threads that are sent their rows', threads(4, 0), sent],
  ['3 other threads that read', threads(4, 0), opened],
  ['threads that come when they come', threads(3, 1e-9), opened],
  ['threads that are not worth it', threads(3, 1e9), opened],
];

describe.each(executors)('executor: %s', (_name, create, source) => {
  async function run(
    options: object,
    extra: { signal?: AbortSignal; onProgress?: (p: StageProgress) => void } = {},
  ) {
    const sink = new MemorySink();
    const plan = scaleStage.plan(parseOptions(scaleStage, options), await source.tables(1));
    const executor = create();
    const summary = await executor.run(scaleStage, plan, source, sink, { blockRows: 64, ...extra });
    await executor.close();
    return { sink, summary };
  }

  it('writes every row of every table in order', async () => {
    const { sink, summary } = await run({ factor: 2 });
    const y = sink.table('a/scaled').columns.get('y') as NdArray;
    expect([...(y.data as Float64Array)]).toEqual(Array.from({ length: 1000 }, (_, i) => 2 * i));
    expect(sink.table('empty/scaled').rows).toBe(0);
    expect(summary).toEqual({
      tables: [
        { path: 'a/scaled', rows: 1000 },
        { path: 'b/scaled', rows: 7 },
        { path: 'empty/scaled', rows: 0 },
      ],
      rows: 1007,
      read: 1007,
    });
  });

  it('works on a range of rows when a task has one', async () => {
    const sink = new MemorySink();
    const plan = scaleStage.plan(parseOptions(scaleStage, { factor: 1 }), await source.tables(1));
    const tasks = plan.tasks.map((task) => ({ ...task, rows: [5, 105] as const }));
    const seen: StageProgress[] = [];
    const executor = create();
    const control = { blockRows: 64, onProgress: (progress: StageProgress) => seen.push(progress) };
    await executor.run(scaleStage, { ...plan, tasks }, source, sink, control);
    await executor.close();
    const y = sink.table('a/scaled').columns.get('y') as NdArray;
    expect([...(y.data as Float64Array)]).toEqual(Array.from({ length: 100 }, (_, i) => 5 + i));
    expect(sink.table('b/scaled').rows).toBe(2);
    expect(sink.table('empty/scaled').rows).toBe(0);
    expect(seen.at(-1)).toMatchObject({ done: 102, total: 102 });
  });

  it('says how far it is, up to the whole', async () => {
    const seen: StageProgress[] = [];
    await run({ factor: 1 }, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ done: 1007, total: 1007, unit: 'rows', table: 'empty/scaled' });
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((p, q) => p - q));
  });

  it('names table and rows of a failure', async () => {
    await expect(run({ factor: 1, failAt: 130 })).rejects.toThrow(
      'scale: failed at rows 128 to 191 of a in memory: row 130 is bad',
    );
  });

  it('tells of rows that cannot be read as the source does', async () => {
    const broken = numberSource({ broken: 300 });
    const plan = scaleStage.plan(parseOptions(scaleStage, { factor: 1 }), await broken.tables(1));
    const executor = create();
    const running = executor.run(scaleStage, plan, broken, new MemorySink(), { blockRows: 64 });
    await expect(running).rejects.toThrow(new RangeError('row 100 cannot be read'));
    await executor.close();
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const running = run({ factor: 1 }, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toThrow('cancelled');
  });
});
