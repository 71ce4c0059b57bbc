import {
  columnAt,
  columnTypes,
  compileExpression,
  ExpressionError,
  expressionNames,
  toVector,
  type Vector,
} from '@countroom/expressions';
import { type InputTable, StageError, type TableContext, type TableReader } from '@countroom/pipeline';
import type { Table } from '@countroom/records';

const blockRows = 1 << 17;

/**
 * Values of expressions over the columns of a table, row by row, of the rows that pass the cut. 64-bit integers become
 * float64. Throws a StageError that names the table, the expression and the columns that there are.
 */
export async function tableValues(
  stage: string,
  reader: TableReader,
  table: InputTable,
  ask: {
    readonly expressions: readonly string[];
    readonly cut?: string | undefined;
    /** Numbers by row of the table that are given for the rows that pass, behind those of the expressions. */
    readonly beside?: readonly Float64Array[];
  },
  context?: TableContext,
): Promise<Float64Array[]> {
  const types = columnTypes(table.sample);
  const compile = (expression: string) => {
    try {
      return compileExpression(expression, types);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const known = [...types.keys()].join(', ');
      throw new StageError(
        stage,
        `${table.path}: "${expression}": ${error.message}; there are ${known}`,
        [],
        error,
      );
    }
  };
  const cut = ask.cut === undefined ? undefined : compile(ask.cut);
  const wanted = ask.expressions.map(compile);
  const needed = [
    ...new Set([...ask.expressions, ...(ask.cut === undefined ? [] : [ask.cut])].flatMap(expressionNames)),
  ];
  const columns = [
    ...new Set(needed.map((name) => name.split('__')[0]!).filter((name) => table.sample.columns.has(name))),
  ];
  const { beside = [] } = ask;
  const values = [...ask.expressions, ...beside].map(() => new Float64Array(table.rows));
  let kept = 0;
  for (let start = 0; start < table.rows; start += blockRows) {
    if (context?.signal.aborted === true) break;
    const block = await reader.read(table.path, [start, start + blockRows], columns);
    const vectors = vectorsOf(block, needed);
    const passes = cut?.evaluate(vectors, block.rows).data;
    const results = wanted.map((expression) => expression.evaluate(vectors, block.rows).data);
    for (let row = 0; row < block.rows; row++) {
      if (passes !== undefined && Number(passes[row]) === 0) continue;
      results.forEach((data, i) => (values[i]![kept] = Number(data[row])));
      beside.forEach((column, i) => (values[results.length + i]![kept] = column[start + row]!));
      kept++;
    }
  }
  return values.map((all) => all.subarray(0, kept));
}

function vectorsOf(block: Table, names: readonly string[]): Map<string, Vector> {
  const vectors = new Map<string, Vector>();
  for (const name of names) {
    const column = columnAt(block, name);
    if (column !== undefined) vectors.set(name, toVector(column));
  }
  return vectors;
}

/** The tables that have every column of the expressions and fit the patterns; all such tables without patterns. */
export function tablesWith(tables: readonly InputTable[], expressions: readonly string[]): InputTable[] {
  return tables.filter(({ sample }) => {
    const types = columnTypes(sample);
    return expressions.every((expression) => expressionNames(expression).every((name) => types.has(name)));
  });
}
