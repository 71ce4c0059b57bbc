import {
  type AttributeValue,
  type ColumnSchema,
  type RecordBatch,
  type TableSchema,
} from '@countroom/records';
import { ProcessingChainError } from '../errors.js';
import type { ChainExplanation } from './explanation.js';
import { checkPeriods, layoutOf, type PeriodCheck } from './input.js';
import type { Block, Memory, Operation } from './operation.js';
import type { OutputColumn } from './output.js';
import { type ColumnSink, sinkOf } from './output-sink.js';
import { lanes } from './storage.js';

/** All that a planned chain is made of. */
export interface ChainParts {
  readonly operations: readonly Operation[];
  readonly memory: Memory;
  readonly tiles: number;
  /** Columns of the input that are passed on unchanged, by place, in the order of the outputs. */
  readonly copied: readonly number[];
  readonly outputs: readonly OutputColumn[];
  readonly periodChecks: readonly PeriodCheck[];
  readonly layout: string;
  readonly inputSchema: TableSchema;
  readonly warnings: readonly string[];
  readonly explanation: ChainExplanation;
}

/** Where the time of a run goes; filled by `Chain.run`. */
export interface RunProfile {
  /** A clock in milliseconds, for example performance.now. */
  readonly clock: () => number;
  /** Milliseconds by processor key; inputs under their own names, outputs under `(outputs)`. */
  readonly times: Map<string, number>;
}

/** How a batch is run. */
export interface RunOptions {
  /** Number of the batch's first row in the table, for messages. */
  readonly firstRow?: number;
  /** Called after every block with the rows done so far; may throw to stop. */
  readonly onBlock?: (rows: number) => void;
  /** Adds up the time of every step; costs two looks at the clock per step and block. */
  readonly profile?: RunProfile;
}

/**
 * A planned chain. It owns one WebAssembly memory, sized once; running a batch allocates its output columns and
 * nothing else. One thread at a time: every worker thread plans its own.
 */
export class Chain {
  /** Schema of what `run` returns: copied columns first, then computed ones, each in the order of the outputs. */
  readonly outputSchema: TableSchema;
  /** Attributes beside units and description, by column path. */
  readonly outputAttributes: ReadonlyMap<string, Readonly<Record<string, AttributeValue>>>;
  /** Things that were decided for the configuration's author; for the log. */
  readonly warnings: readonly string[];
  /** What was settled: steps, types, units, shapes, memory. */
  readonly explanation: ChainExplanation;
  /** Rows that are worked on together. */
  readonly blockRows: number;
  private readonly steps: readonly ((block: Block) => void)[];
  private readonly sinks: readonly ColumnSink[];
  private readonly block: Block = { columns: [], start: 0, rows: 0, firstRow: 0 };

  constructor(private readonly parts: ChainParts) {
    const { memory, operations, outputs, copied, inputSchema } = parts;
    this.blockRows = parts.tiles * lanes;
    this.warnings = parts.warnings;
    this.explanation = parts.explanation;
    this.steps = operations.map((operation) => operation.bind(memory));
    this.sinks = outputs.map((output) => sinkOf(output, memory));
    const columns: ColumnSchema[] = copied.map((index) => inputSchema.columns[index]!);
    this.outputSchema = {
      name: inputSchema.name,
      columns: [...columns, ...outputs.map(({ schema }) => schema)],
    };
    this.outputAttributes = new Map(outputs.map(({ schema, attrs }) => [schema.name, attrs]));
  }

  /**
   * Runs all rows of a batch whose columns are those that the chain was planned for. Copied columns share their
   * arrays with the input. Throws a DSPFatal that names processor and row, and a ProcessingChainError when the
   * batch has other columns.
   */
  run(batch: RecordBatch, options: RunOptions = {}): RecordBatch {
    const { parts, block } = this;
    if (batch.schema !== parts.inputSchema && layoutOf(batch) !== parts.layout) {
      throw new ProcessingChainError(
        'the rows have other columns than those that the chain was planned for: plan it again for this table',
      );
    }
    const firstRow = options.firstRow ?? 0;
    checkPeriods(parts.periodChecks, batch, firstRow);
    for (const sink of this.sinks) sink.start(batch.rows);
    block.columns = batch.columns;
    block.firstRow = firstRow;
    for (let start = 0; start < batch.rows; start += this.blockRows) {
      block.start = start;
      block.rows = Math.min(this.blockRows, batch.rows - start);
      if (options.profile === undefined) this.runBlock();
      else this.runBlockTimed(options.profile);
      options.onBlock?.(start + block.rows);
    }
    block.columns = [];
    return {
      schema: this.outputSchema,
      rows: batch.rows,
      columns: [
        ...parts.copied.map((index) => batch.columns[index]!),
        ...this.sinks.map((sink) => sink.finish()),
      ],
    };
  }

  private runBlock(): void {
    for (const step of this.steps) step(this.block);
    for (const sink of this.sinks) sink.write(this.block);
  }

  private runBlockTimed({ clock, times }: RunProfile): void {
    let last = clock();
    const note = (label: string) => {
      const now = clock();
      times.set(label, (times.get(label) ?? 0) + now - last);
      last = now;
    };
    this.steps.forEach((step, index) => {
      step(this.block);
      note(this.parts.operations[index]!.label);
    });
    for (const sink of this.sinks) sink.write(this.block);
    note('(outputs)');
  }
}
