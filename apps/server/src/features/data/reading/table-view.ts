import type { TablePreview } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader, previewRows, type TreeNode } from '@countroom/lh5';
import { type DataObject, hasRows, type RowObject } from '@countroom/records';
import { passingRows } from './cut.js';
import { dtypeOf, isNumeric, unitsOfNode } from './node-facts.js';
import type { Readings } from './readings.js';
import { shortValue } from './short-value.js';

const blockBytes = 8 << 20;
/** Rows of single ones that are read at once: vectors may be long. */
const singleAtOnce = 64;
type Column = TablePreview['columns'][number];
type Values = TablePreview['values'];

/** Rows of a table, a column, or a scalar. Tables inside of a table are shown as columns `waveform/dt` and so on. */
export async function tableView(reader: Lh5Reader, ask: Readings['table']['ask']): Promise<TablePreview> {
  const node = await reader.tree(ask.path, { depth: 6 });
  if (node.fault !== undefined) throw new Lh5Error('data-inconsistent', node.fault, { object: node.path });
  if (node.kind === 'scalar') return scalarView(reader, node);
  const { rows } = node;
  if (rows === null) throw new Lh5Error('argument-invalid', withoutRows(node), { object: node.path });
  const columns = chosenColumns(node, ask.columns);
  const passing = ask.rows === undefined ? await passingRows(reader, node, ask.cut) : undefined;
  const wanted = ask.rows?.filter((row) => row < rows);
  const total = wanted?.length ?? passing?.length ?? rows;
  const from = wanted === undefined ? Math.min(ask.from, total) : 0;
  const single = wanted ?? passing?.subarray(from, from + ask.count);
  const mask = node.kind === 'table' && ask.columns !== undefined ? maskOf(columns) : undefined;
  const values: Values = [];
  const numbers: number[] = [];
  for await (const block of rowsToShow(reader, node.path, { from, count: ask.count, single, mask })) {
    const parts = columns.map(({ names }) => partOf(block.data, names));
    block.numbers.forEach((number, row) => {
      numbers.push(number);
      values.push(parts.map((part) => shortValue(part, row)) as Values[number]);
    });
  }
  return {
    path: node.path,
    rows,
    passing: total,
    from,
    to: from + values.length,
    numbers,
    columns: columns.map(({ column }) => column),
    values,
  };
}

interface Shown {
  readonly data: DataObject;
  readonly numbers: readonly number[];
}

/** Rows in blocks: those from a place on, or single ones by number. */
async function* rowsToShow(
  reader: Lh5Reader,
  path: string,
  ask: {
    readonly from: number;
    readonly count: number;
    readonly single: ArrayLike<number> | undefined;
    readonly mask: readonly string[] | undefined;
  },
): AsyncGenerator<Shown> {
  const { from, count, single, mask } = ask;
  const columns = mask === undefined ? {} : { columns: mask };
  if (single === undefined) {
    const rows = [from, from + count] as const;
    for await (const { start, rows: found, data } of reader.blocks(path, { rows, blockBytes, ...columns }))
      yield { data, numbers: Array.from({ length: found }, (_, row) => start + row) };
    return;
  }
  for (let at = 0; at < single.length; at += singleAtOnce) {
    const numbers = Array.from(single).slice(at, at + singleAtOnce);
    yield { data: await reader.read(path, { select: { indices: numbers }, ...columns }), numbers };
  }
}

interface ChosenColumn {
  readonly names: readonly string[];
  readonly column: Column;
}

function chosenColumns(node: TreeNode, wanted: readonly string[] | undefined): readonly ChosenColumn[] {
  const all = [...columnsOf(node)];
  if (wanted === undefined) return all;
  return wanted.map((name) => {
    const found = all.find(({ column }) => column.name === name);
    if (found === undefined)
      throw new Lh5Error('argument-invalid', `has no column ${name}`, { object: node.path });
    return found;
  });
}

function maskOf(columns: readonly ChosenColumn[]): readonly string[] | undefined {
  return columns.length === 0 ? undefined : columns.map(({ column }) => column.name);
}

function withoutRows(node: TreeNode): string {
  if (node.kind === 'link' || node.kind === 'opaque') return 'cannot be shown as rows';
  const names = node.children.slice(0, 20).map(({ name }) => name);
  return `is a ${node.kind} and has no rows; choose what is in it: ${names.join(', ')}`;
}

async function scalarView(reader: Lh5Reader, node: TreeNode): Promise<TablePreview> {
  const { rows } = await previewRows(reader, node.path, [0, 1]);
  const values = [rows] as Values;
  const columns = [columnOf(node, node.name)];
  return { path: node.path, rows: 1, passing: 1, from: 0, to: 1, numbers: [0], columns, values };
}

function* columnsOf(node: TreeNode, names: readonly string[] = []): Generator<ChosenColumn> {
  if (node.kind !== 'table' && node.kind !== 'waveform') {
    yield { names, column: columnOf(node, names.join('/') || node.name) };
    return;
  }
  for (const child of node.children) if (!child.unlisted) yield* columnsOf(child, [...names, child.name]);
}

function columnOf(node: TreeNode, name: string): Column {
  return {
    name,
    datatype: node.datatype ?? '',
    dtype: dtypeOf(node),
    units: unitsOfNode(node),
    plottable: isNumeric(node),
  };
}

function partOf(object: DataObject, names: readonly string[]): RowObject {
  let part: DataObject | undefined = object;
  for (const name of names) part = part?.kind === 'table' ? part.columns.get(name) : undefined;
  if (part === undefined || !hasRows(part))
    throw new Lh5Error('data-inconsistent', `column ${names.join('/')} has no rows`);
  return part;
}
