import { type Chain, type ParameterDatabase, planChain, type RunProfile } from '@countroom/dsp';
import { nodeKernels } from '@countroom/dsp/node';
import type { RowKernel, RowTask } from '@countroom/pipeline';
import { batchFromTable, type DataObject, type Table, tableFromBatch } from '@countroom/records';
import { filesOf } from './given-numbers.js';
import type { NumbersOfFiles } from './options.js';

/** What a thread needs to plan a table's chain. */
export interface ChainPayload {
  readonly config: unknown;
  readonly database: ParameterDatabase;
  readonly outputs?: readonly string[];
  /** Numbers of files that the chain asks for. */
  readonly numbers?: NumbersOfFiles;
  /** First rows of the table, with the columns that are read. */
  readonly sample: Table;
}

/** Plans the chain of a table. Throws a DspError. */
export function planTask(path: string, payload: ChainPayload): Chain {
  return planChain(payload.config, {
    database: payload.database,
    ...(payload.outputs === undefined ? {} : { outputs: payload.outputs }),
    input: batchFromTable(path, payload.sample),
    kernels: nodeKernels(),
    ...(payload.numbers === undefined ? {} : { files: filesOf(payload.numbers) }),
  });
}

/** Runs the chain of a task on blocks of rows; with a profile, adds up the time of every step. */
export function chainKernel(task: RowTask, profile?: RunProfile): RowKernel {
  const chain = planTask(task.input, task.payload as ChainPayload);
  return {
    process: (block, firstRow) => {
      const batch = chain.run(batchFromTable(task.input, block), {
        firstRow,
        ...(profile === undefined ? {} : { profile }),
      });
      return withAttributes(tableFromBatch(batch), chain.outputAttributes, '');
    },
  };
}

function withAttributes(table: Table, attributes: Chain['outputAttributes'], prefix: string): Table {
  const columns = new Map<string, DataObject>();
  for (const [column, object] of table.columns) {
    const path = prefix + column;
    const inner = object.kind === 'table' ? withAttributes(object, attributes, `${path}/`) : object;
    columns.set(column, { ...inner, attrs: { ...inner.attrs, ...attributes.get(path) } });
  }
  return { ...table, columns };
}
