import type { Dtype } from '@countroom/records';
import type { ChainBuilder } from './builder.js';
import { LoadOperation } from './load-operation.js';
import type { MemoryPlan } from './memory-plan.js';
import type { Operation } from './operation.js';
import { lanes, type Storage } from './storage.js';
import type { Coordinate, Variable } from './variable.js';

/** A variable of a planned chain, with all that the plan has settled. */
export interface ExplainedVariable {
  readonly name: string;
  readonly dtype: Dtype;
  /** Shape of one row; [] for a number. */
  readonly shape: readonly number[];
  readonly unit: string | undefined;
  /** Sampling period of a waveform or of the grid that a time lies on, such as `16 ns`. */
  readonly period: string | undefined;
  /** Whether it is a time (`point`), the distance of two times (`interval`), or a plain number. */
  readonly coordinate: Coordinate;
  /** The same in all rows: computed once, while the chain is planned. */
  readonly constant: boolean;
  /** The variable that holds how many elements are in use. */
  readonly lengthIn: string | undefined;
}

/** One step of a planned chain, in the order in which they run. */
export interface ExplainedStep {
  /** Key of the processor in the configuration, or the name of a column that is read. */
  readonly processor: string;
  /** What is done: the name of a kernel, or `read`, `read less baseline`, `formula`, `convert times`, `pick`. */
  readonly work: string;
  /** Names of what it writes. */
  readonly writes: readonly string[];
  /** Bytes of its results per row. */
  readonly bytesPerRow: number;
}

/** A chain as it was resolved: for people, and for tools that draw it. */
export interface ChainExplanation {
  readonly steps: readonly ExplainedStep[];
  /** Named variables in the order in which they were met; those that no output needs are left out. */
  readonly variables: readonly ExplainedVariable[];
  /** Rows that are worked on together. */
  readonly blockRows: number;
  /** Bytes of one block after variables that are not needed at the same time share memory, and without sharing. */
  readonly blockBytes: number;
  readonly unsharedBytes: number;
  readonly constantBytes: number;
}

function bytesOf(storage: Storage): number {
  const bits = storage.dtype === 'bool' ? 8 : Number(/\d+$/.exec(storage.dtype)?.[0] ?? '8');
  return storage.length * (bits / 8);
}

function periodOf({ grid }: Variable): string | undefined {
  return grid ? `${grid.period.value.toString()} ${grid.period.unit.text}` : undefined;
}

/** What a plan has settled about a variable; undefined when it has no numbers. */
export function explainVariable(variable: Variable): ExplainedVariable | undefined {
  const { view } = variable;
  if (view === undefined) return undefined;
  return {
    name: variable.name,
    dtype: view.storage.dtype,
    shape: view.shape,
    unit: variable.unit,
    period: periodOf(variable),
    coordinate: variable.coordinate ?? 'none',
    constant: variable.isConstant,
    lengthIn: variable.vectorLength?.name,
  };
}

/** Puts into words what a plan has settled. `operations` are those that are left, in order. */
export function explainChain(
  builder: ChainBuilder,
  operations: readonly Operation[],
  plan: MemoryPlan,
  tiles: number,
): ChainExplanation {
  const used = new Set([...operations.flatMap(({ writes }) => writes), ...plan.constants]);
  // A column that is read in another type, in part or less a baseline is not held as it is.
  const columns = operations.flatMap((step) => (step instanceof LoadOperation ? [step.column.name] : []));
  const labels = new Set([...[...used].map(({ label }) => label), ...columns]);
  const written = operations.flatMap(({ writes }) => writes);
  return {
    steps: operations.map(({ label, work, writes }) => ({
      processor: label,
      work: work ?? 'step',
      writes: [...new Set(writes.map((storage) => storage.label))],
      bytesPerRow: writes.reduce((sum, storage) => sum + bytesOf(storage), 0),
    })),
    variables: [...builder.variables.values()]
      .filter(({ name, view }) => view !== undefined && (used.has(view.storage) || labels.has(name)))
      .flatMap((variable) => explainVariable(variable) ?? []),
    blockRows: tiles * lanes,
    blockBytes: plan.bytesPerTile * tiles,
    unsharedBytes: written.reduce((sum, storage) => sum + bytesOf(storage), 0) * lanes * tiles,
    constantBytes: plan.constants.reduce((sum, storage) => sum + bytesOf(storage), 0) * lanes,
  };
}
