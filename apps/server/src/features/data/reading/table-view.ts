import type { TablePreview } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader, previewRows, type TreeNode } from '@countroom/lh5';
import { type DataObject, hasRows, type RowObject } from '@countroom/records';
import { dtypeOf, isNumeric, unitsOfNode } from './node-facts.js';
import type { Readings } from './readings.js';
import { shortValue } from './short-value.js';

const blockBytes = 8 << 20;
type Column = TablePreview['columns'][number];
type Values = TablePreview['values'];

/** Rows of a table, a column, or a scalar. Tables inside of a table are shown as columns `waveform/dt` and so on. */
export async function tableView(reader: Lh5Reader, ask: Readings['table']['ask']): Promise<TablePreview> {
  const node = await reader.tree(ask.path, { depth: 6 });
  if (node.fault !== undefined) throw new Lh5Error('data-inconsistent', node.fault, { object: node.path });
  if (node.kind === 'scalar') return scalarView(reader, node);
  const { rows } = node;
  if (rows === null) throw new Lh5Error('argument-invalid', withoutRows(node), { object: node.path });
  const columns = [...columnsOf(node)];
  const from = Math.min(ask.from, rows);
  const values: Values = [];
  for await (const block of reader.blocks(node.path, { rows: [from, from + ask.count], blockBytes })) {
    const parts = columns.map(({ names }) => partOf(block.data, names));
    for (let row = 0; row < block.rows; row += 1)
      values.push(parts.map((part) => shortValue(part, row)) as Values[number]);
  }
  return {
    path: node.path,
    rows,
    from,
    to: from + values.length,
    columns: columns.map(({ column }) => column),
    values,
  };
}

function withoutRows(node: TreeNode): string {
  if (node.kind === 'link' || node.kind === 'opaque') return 'cannot be shown as rows';
  const names = node.children.slice(0, 20).map(({ name }) => name);
  return `is a ${node.kind} and has no rows; choose what is in it: ${names.join(', ')}`;
}

async function scalarView(reader: Lh5Reader, node: TreeNode): Promise<TablePreview> {
  const { rows } = await previewRows(reader, node.path, [0, 1]);
  const values = [rows] as Values;
  return { path: node.path, rows: 1, from: 0, to: 1, columns: [columnOf(node, node.name)], values };
}

function* columnsOf(
  node: TreeNode,
  names: readonly string[] = [],
): Generator<{ names: readonly string[]; column: Column }> {
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
