import {
  type CompiledExpression,
  columnAt,
  columnTypes,
  compileExpression,
  ExpressionError,
  expressionNames,
  toVector,
  unusable,
  type Vector,
} from '@countroom/expressions';
import { Lh5Error, type Lh5Reader, type TreeNode } from '@countroom/lh5';
import type { Table } from '@countroom/records';

const blockRows = 1 << 16;
const mostKept = 8;

/** Rows that pass, by table and expression, as long as the reader is open: a person asks for page after page of one cut. */
const kept = new WeakMap<Lh5Reader, Map<string, Uint32Array>>();

/** Numbers of the rows of a table for which an expression over its columns is true; undefined without an expression. */
export async function passingRows(
  reader: Lh5Reader,
  table: TreeNode,
  cut: string | undefined,
): Promise<Uint32Array | undefined> {
  const expression = cut?.trim() ?? '';
  if (expression === '') return undefined;
  const known = kept.get(reader) ?? new Map<string, Uint32Array>();
  kept.set(reader, known);
  const key = `${table.path}\n${expression}`;
  const rows = known.get(key) ?? (await evaluate(reader, table, expression));
  known.delete(key);
  known.set(key, rows);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return rows;
}

async function evaluate(reader: Lh5Reader, table: TreeNode, expression: string): Promise<Uint32Array> {
  if (table.kind !== 'table' || table.rows === null)
    throw new Lh5Error('argument-invalid', 'is no table: a cut is made of the columns of a table', {
      object: table.path,
    });
  const names = expressionNames(expression);
  const columns = [...new Set(names.flatMap((name) => columnPath(table, name) ?? []))];
  const ask = { columns, blockRows };
  // Without columns the first one stands for the rows; its values are not used.
  if (columns.length === 0) ask.columns.push(firstColumn(table));
  const empty = await reader.readTable(table.path, { columns: ask.columns, rows: [0, 0] });
  const compiled = compile(expression, names, empty);
  const found: number[] = [];
  for await (const { start, data, rows } of reader.tableBlocks(table.path, ask)) {
    const passes = compiled.evaluate(vectorsOf(compiled, data), rows);
    for (let row = 0; row < rows; row += 1) if (Number(passes.data[row]) !== 0) found.push(start + row);
  }
  return Uint32Array.from(found);
}

function compile(expression: string, names: readonly string[], empty: Table): CompiledExpression {
  for (const name of names) {
    const reason = unusable(empty, name);
    if (reason !== undefined) throw new ExpressionError(reason, expression, expression.indexOf(name));
  }
  const compiled = compileExpression(expression, columnTypes(empty));
  if (compiled.kind !== 'bool')
    throw new ExpressionError(
      `it gives ${compiled.kind === 'float32' || compiled.kind === 'float64' ? 'numbers' : 'whole numbers'}, not true or false: compare it with something`,
      expression,
      0,
    );
  if (compiled.depth > 0 || compiled.reduces)
    throw new ExpressionError(
      compiled.reduces
        ? 'it gives one value for all rows, not one for each'
        : 'it gives a list for each row: make one value of it, for example with ak.any(…, axis=-1)',
      expression,
      0,
    );
  return compiled;
}

function vectorsOf(compiled: CompiledExpression, data: Table): Map<string, Vector> {
  return new Map(compiled.columns.map((name) => [name, toVector(columnAt(data, name)!)]));
}

/** Path of the column that a name of an expression stands for: `waveform__dt` is `waveform/dt` unless a column has that very name. */
function columnPath(table: TreeNode, name: string): string | undefined {
  const child = (one: string): TreeNode | undefined =>
    table.children.find((node) => node.name === one && !node.unlisted);
  if (child(name) !== undefined) return name;
  for (let at = name.indexOf('__'); at > 0; at = name.indexOf('__', at + 1)) {
    const nested = child(name.slice(0, at));
    const below = nested === undefined ? undefined : columnPath(nested, name.slice(at + 2));
    if (nested !== undefined && below !== undefined) return `${nested.name}/${below}`;
  }
  return undefined;
}

function firstColumn(table: TreeNode): string {
  const plain = table.children.find(({ kind, unlisted }) => kind === 'array' && !unlisted);
  const [first] = table.children;
  if (first === undefined) throw new Lh5Error('argument-invalid', 'has no columns', { object: table.path });
  return (plain ?? first).name;
}

/** The outermost table that a column stands in: cuts are made of its columns. */
export async function tableAround(reader: Lh5Reader, path: string): Promise<TreeNode> {
  const parts = path.split('/').filter((part) => part !== '');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const node = await reader.tree(parts.slice(0, depth).join('/'), { depth: 3 });
    if (node.kind === 'table') return node;
  }
  throw new Lh5Error(
    'argument-invalid',
    'stands in no table, so that there are no columns to make a cut of',
    {
      object: path,
    },
  );
}
