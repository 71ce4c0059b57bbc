import type { NdArray, Table } from '@countroom/records';
import { z } from 'zod';
import type { TableSource } from '../executor/table-ports.js';
import { StageRegistry } from '../graph/stage-registry.js';
import type { ByteStage, RowKernel, RowStage, RowTask } from '../stage/stage.js';
import { type NumberTables, numberSource } from './memory-tables.js';

const scaleOptions = z.strictObject({
  factor: z.number(),
  failAt: z.number().optional(),
  label: z.string().default(''),
});
type ScaleOptions = z.infer<typeof scaleOptions>;

/** Multiplies column x of every table; fails at the row that `failAt` names. */
export const scaleStage: RowStage<ScaleOptions> = {
  name: 'scale',
  version: '1',
  title: 'Scale',
  description: 'Multiplies column x.',
  dependsOn: 'raw',
  provides: 'scaled',
  configSchema: scaleOptions,
  untracked: ['label'],
  work: 'rows',
  plan: (config, tables) => ({
    tasks: tables.map(({ path }) => ({
      input: path,
      output: `${path}/scaled`,
      columns: ['x'],
      payload: config,
    })),
    documents: [],
    remarks: [],
  }),
  kernel: (task) => {
    const { factor, failAt } = task.payload as ScaleOptions;
    return {
      process: (block, firstRow) => {
        if (failAt !== undefined && failAt >= firstRow && failAt < firstRow + block.rows) {
          throw new RangeError(`row ${failAt} is bad`);
        }
        const x = block.columns.get('x') as NdArray;
        const data = Float64Array.from(x.data as Float64Array, (value) => factor * value);
        return { ...block, columns: new Map([['y', { ...x, data }]]) };
      },
    };
  },
};

/** One row per byte. */
export const bytesStage: ByteStage<Record<string, never>> = {
  name: 'bytes',
  version: '1',
  title: 'Bytes',
  description: 'One row per byte.',
  dependsOn: 'daq',
  provides: 'raw',
  configSchema: z.strictObject({}),
  untracked: [],
  work: 'bytes',
  async *run(_config, input, context) {
    let bytes = 0;
    for await (const chunk of input.chunks) {
      bytes += chunk.length;
      context.progress(bytes);
      yield { path: 'x', rows: column(chunk) };
    }
    return { bytes };
  },
};

function column(chunk: Uint8Array): Table {
  const x: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'uint8',
    shape: [chunk.length],
    data: chunk,
    attrs: {},
  };
  return { kind: 'table', rows: chunk.length, columns: new Map([['x', x]]), attrs: {} };
}

/** The stages above. */
export const stages = new StageRegistry([scaleStage, bytesStage]);

/** What threads load of them. */
export function kernelOf(stage: string, task: RowTask): Promise<RowKernel> | RowKernel {
  const found = stages.get(stage);
  if (found.work !== 'rows') throw new TypeError(`${stage} does not work on rows`);
  return found.kernel(task);
}

/** A source of numbers that every thread can open. */
export function openSource(elsewhere: unknown): Promise<TableSource> {
  return Promise.resolve(numberSource(elsewhere as NumberTables));
}
