import type { RecordBatch } from '@countroom/records';
import type { KernelModule } from '../wasm/kernel-module.js';
import { Assembler } from './assemble.js';
import { ChainBuilder, type Compatibility } from './builder.js';
import { Chain } from './chain.js';
import type { ChainFiles } from './chain-files.js';
import { readConfig } from './config.js';
import { explainChain } from './explanation.js';
import type { ChainRequest } from './fields.js';
import { fuseCasts } from './fuse-casts.js';
import { fuseLoads } from './fuse-loads.js';
import { fuseResults } from './fuse-results.js';
import { InputTable, layoutOf } from './input.js';
import { layOut, planMemory } from './memory-plan.js';
import type { Operation } from './operation.js';
import { type OutputColumn, outputColumns } from './output.js';
import { lanes, type Storage } from './storage.js';
import { shareTransforms } from './transform-operation.js';

/** How a chain is planned. */
export interface PlanOptions extends ChainRequest {
  /** First rows of the table (at least one if there is any): their columns, types and sampling period count. */
  readonly input: RecordBatch;
  /** Compiled kernels: nodeKernels() in Node, compileKernels(…) elsewhere. */
  readonly kernels: KernelModule;
  /** Rows worked on together, rounded up to a multiple of 4; by default as many as fit into a processor's cache. */
  readonly blockRows?: number;
  /** `dspeed`: results as stored ones have them where the reference is at odds with its own description. */
  readonly compatibility?: Compatibility;
  /** What chainFiles asks for, read. */
  readonly files?: ChainFiles;
}

/** Working set that a block should not exceed, so that it stays in the second-level cache. */
const cacheBytes = 768 * 1024;
const mostTiles = 64;

/** Leaves out operations whose results nobody uses. */
function usedOperations(operations: readonly Operation[], wanted: ReadonlySet<Storage>): Operation[] {
  const needed = new Set(wanted);
  const used: Operation[] = [];
  for (const operation of operations.toReversed()) {
    if (!operation.writes.some((storage) => needed.has(storage))) continue;
    for (const storage of operation.reads) needed.add(storage);
    used.push(operation);
  }
  return used.reverse();
}

function tilesFor(bytesPerTile: number, blockRows: number | undefined): number {
  if (blockRows !== undefined) return Math.max(1, Math.ceil(blockRows / lanes));
  return Math.min(mostTiles, Math.max(1, Math.floor(cacheBytes / Math.max(1, bytesPerTile))));
}

/**
 * Plans a chain for tables that look like `options.input`: resolves look-ups, order, types, shapes, units and grids,
 * runs what is constant, and lays out the memory. Throws a ProcessingChainError that names the processor and says
 * what to change. Outputs that are neither computed nor in the table are left out with a warning.
 */
export function planChain(config: unknown, options: PlanOptions): Chain {
  const read = readConfig(config, options.outputs);
  const builder = new ChainBuilder(options.compatibility ?? 'none', options.files);
  const inputs = new InputTable(options.input);
  const assembler = new Assembler(builder, read, options.database ?? {}, inputs);
  const copied: number[] = [];
  const outputs: OutputColumn[] = [];
  for (const name of read.outputs) {
    builder.label = name;
    if (read.recipes.has(name)) {
      assembler.require(name);
      outputs.push(...outputColumns(builder, builder.variable(name)));
    } else if (inputs.has(name)) {
      copied.push(...inputs.columnsOf(name));
    } else {
      builder.warn(`output '${name}' is neither computed nor in the table and was left out`);
    }
  }
  return chainOf({ builder, inputs, outputs, copied }, options);
}

/** What was assembled for a table. */
export interface Assembled {
  readonly builder: ChainBuilder;
  readonly inputs: InputTable;
  /** What is computed. */
  readonly outputs: readonly OutputColumn[];
  /** Columns of the input that are passed on, by place. */
  readonly copied: readonly number[];
}

/** Leaves out what nobody needs and lays out the memory. */
export function chainOf(
  { builder, inputs, outputs, copied }: Assembled,
  options: Pick<PlanOptions, 'input' | 'kernels' | 'blockRows'>,
): Chain {
  const kept = new Set(
    outputs.flatMap(({ view, length }) =>
      length === undefined ? [view.storage] : [view.storage, length.storage],
    ),
  );
  const used = usedOperations(fuseCasts(builder.operations), kept);
  const operations = shareTransforms(fuseLoads(fuseResults(used, kept), kept));
  const plan = planMemory(operations, kept);
  const longest = outputs.reduce((most, { view }) => Math.max(most, view.storage.length), 0);
  const scratchBytes = Math.max(plan.scratchBytes, longest * lanes * 8);
  const tiles = tilesFor(plan.bytesPerTile, options.blockRows);
  return new Chain({
    operations,
    memory: layOut({ ...plan, scratchBytes }, options.kernels, tiles),
    tiles,
    copied,
    outputs,
    periodChecks: inputs.periodChecks,
    layout: layoutOf(options.input),
    inputSchema: options.input.schema,
    warnings: builder.warnings.map(({ message }) => message),
    explanation: explainChain(builder, operations, plan, tiles),
  });
}
