import {
  type ColumnType,
  columnAt,
  columnTypes,
  compileExpression,
  ExpressionError,
  expressionNames,
  toVector,
  unusable,
  type Vector,
} from '@countroom/expressions';
import type { Table } from '@countroom/records';
import { Lh5Error } from '../errors.js';

function asArgument<T>(text: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause;
    throw new Lh5Error('argument-invalid', `the condition ${text}: ${cause.message}`, { cause });
  }
}

/**
 * A condition on rows as text: an expression over columns (`energy > 5 & ~flag`), nested ones as `waveform__t0`, that gives one truth
 * value per row.
 */
export class Condition {
  readonly text: string;
  /** Names of columns that it uses. */
  readonly names: readonly string[];

  /** Throws an `Lh5Error` when the text is no expression. */
  constructor(text: string) {
    this.text = text;
    this.names = asArgument(text, () => expressionNames(text));
  }

  /** One value per row, 0 where the condition does not hold. Throws an `Lh5Error` where it does not fit the columns. */
  of(table: Table): Uint8Array {
    return asArgument(this.text, () => {
      for (const name of this.names) {
        const why = unusable(table, name);
        if (why !== undefined) throw new Lh5Error('argument-invalid', `the condition ${this.text}: ${why}`);
      }
      const types = columnTypes(table);
      const known = new Map<string, ColumnType>();
      for (const name of this.names) {
        const type = types.get(name);
        if (type !== undefined) known.set(name, type);
      }
      const compiled = compileExpression(this.text, known);
      if (compiled.kind !== 'bool' || compiled.depth !== 0 || compiled.reduces)
        throw new Lh5Error(
          'argument-invalid',
          `the condition ${this.text} does not give one truth value per row`,
        );
      const columns = new Map<string, Vector>();
      for (const name of compiled.columns) columns.set(name, toVector(columnAt(table, name)!));
      const { data } = compiled.evaluate(columns, table.rows);
      return data instanceof Uint8Array ? data : Uint8Array.from(data, Number);
    });
  }
}

/** Paths that a name in an expression may stand for: `a__b` is the column `a__b`, or the column `b` of the table `a`. */
export function pathsOf(name: string): string[] {
  const cuts = [...name.matchAll(/__/g)].map(({ index }) => index).filter((at) => at > 0);
  return [
    name,
    ...cuts.flatMap((at) => pathsOf(name.slice(at + 2)).map((rest) => `${name.slice(0, at)}/${rest}`)),
  ];
}
