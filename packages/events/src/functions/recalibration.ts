import {
  type ColumnType,
  type CompiledExpression,
  cast,
  compileExpression,
  expressionNames,
  type Parameter,
  pickData,
  type Vector,
} from '@countroom/expressions';
import type { EventFunctionContext } from '../building/event-functions.js';
import { EventError } from '../errors.js';

/** An operation of the hit tier: an expression over columns of its input and other operations, with its parameters. */
export interface CalibrationOperation {
  readonly expression: string;
  readonly parameters?: Readonly<Record<string, Parameter>> | undefined;
}

/** Operations of the hit tier by name, for each table key. */
export type ChannelCalibrations = ReadonlyMap<number, Readonly<Record<string, CalibrationOperation>>>;

interface Step {
  readonly name: string;
  readonly operation: CalibrationOperation;
}

/** Calibrates energies again, channel by channel, with the operations that made the hits. */
export class Recalibration {
  /** Columns of hits that it reads, as `tier.column`. */
  readonly columns: readonly string[];
  private readonly tier: string;
  private readonly energy: string;
  private readonly steps = new Map<number, readonly Step[]>();
  private readonly compiled = new Map<number, readonly (Step & { readonly work: CompiledExpression })[]>();

  /**
   * @param energy column that the corrected energy stands for, as `tier.column`
   * @param result operation whose values are wanted
   * Throws an EventError for operations that are missing, or depend on themselves.
   */
  constructor(
    calibrations: ChannelCalibrations,
    energy: string,
    private readonly result: string,
  ) {
    const cut = energy.indexOf('.');
    this.tier = energy.slice(0, cut);
    this.energy = energy.slice(cut + 1);
    const columns = new Set<string>();
    for (const [key, operations] of calibrations) {
      const steps = inOrder(operations, result, `calibrations of ch${key}`, this.energy);
      this.steps.set(key, steps);
      const made = new Set([this.energy, ...steps.map(({ name }) => name)]);
      for (const { operation } of steps)
        for (const name of columnsOf(operation)) if (!made.has(name)) columns.add(`${this.tier}.${name}`);
    }
    this.columns = [...columns];
  }

  /** Throws an EventError for expressions that do not fit to the columns. */
  check(types: ReadonlyMap<string, ColumnType>): void {
    const bare = [...types].filter(([name]) => name.startsWith(`${this.tier}.`));
    const of = bare.map(([name, type]): [string, ColumnType] => [name.slice(this.tier.length + 1), type]);
    for (const [key, steps] of this.steps) {
      const known = new Map([...of, [this.energy, { kind: 'float64', depth: 0 }] as const]);
      const made = steps.map((step) => {
        const work = compileExpression(step.operation.expression, known, step.operation.parameters);
        if (work.depth > 0 || work.reduces)
          throw new EventError(`calibrations of ch${key}: ${step.name} is no number per hit`);
        known.set(step.name, { kind: work.kind, depth: 0 });
        return { ...step, work };
      });
      this.compiled.set(key, made);
    }
  }

  /**
   * Calibrated energies of the hits at places, in their order. Throws an EventError for a hit of a channel that has no
   * operations.
   */
  run(context: EventFunctionContext, places: Int32Array, energies: Float64Array): Float64Array {
    const { selection, map, keys } = context;
    const out = new Float64Array(places.length);
    const ofTable = new Map<number, number[]>();
    for (let k = 0; k < places.length; k++) {
      const table = map.table[selection.hits[places[k]!]!]!;
      const own = ofTable.get(table);
      if (own === undefined) ofTable.set(table, [k]);
      else own.push(k);
    }
    for (const [table, chosen] of ofTable) {
      const steps = this.compiled.get(keys[table]!);
      if (steps === undefined)
        throw new EventError(`calibrations: there is no ${this.result} of channel ${keys[table]}`);
      const own = Int32Array.from(chosen);
      const vectors = new Map<string, Vector>([
        [this.energy, { kind: 'float64', data: pickData('float64', energies, own), step: 1 }],
      ]);
      const at = own.map((k) => places[k]!);
      for (const [name, { kind, data }] of context.columns) {
        const bare = name.slice(this.tier.length + 1);
        if (this.columns.includes(name) && !vectors.has(bare))
          vectors.set(bare, { kind, data: pickData(kind, data, at), step: 1 });
      }
      for (const { name, work } of steps) vectors.set(name, work.evaluate(vectors, own.length));
      const values = cast(vectors.get(this.result)!, 'float64').data;
      own.forEach((k, i) => {
        out[k] = values[i]!;
      });
    }
    return out;
  }
}

/** The operations that lead to a result, each after those it uses. */
function inOrder(
  operations: Readonly<Record<string, CalibrationOperation>>,
  result: string,
  place: string,
  energy: string,
): Step[] {
  const steps: Step[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name))
      throw new EventError(`${place}: ${[...path, name].join(' -> ')} depends on itself`);
    if (steps.some((step) => step.name === name)) return;
    const operation = operations[name]!;
    for (const used of columnsOf(operation))
      if (used !== energy && Object.hasOwn(operations, used)) visit(used, [...path, name]);
    steps.push({ name, operation });
  };
  if (!Object.hasOwn(operations, result)) {
    const known = Object.keys(operations).join(', ') || 'none';
    throw new EventError(`${place}: there is no operation ${result}; there are ${known}`);
  }
  visit(result, []);
  return steps;
}

function columnsOf({ expression, parameters = {} }: CalibrationOperation): string[] {
  const constants = /^((np|numpy)\.)?(nan|inf|pi)$/;
  return expressionNames(expression).filter(
    (name) => !Object.hasOwn(parameters, name) && !constants.test(name),
  );
}
