import { Lh5Error, type Lh5Reader, openReader, type TreeNode } from '@countroom/lh5';
import { type DataObject, hasRows, pickRows, type Table } from '@countroom/records';
import { csvRows, parquetRows, type RowEncoder, skimBytes } from '@countroom/stages';
import { passingRows } from '../data/reading/cut.js';
import { checked } from '../data/reading/skim-answer.js';
import type { RowFileAsk } from './row-file-ask.js';

const blockBytes = 8 << 20;

/** The bytes of a file of rows, part by part; the first part comes before any row is read. */
export async function* rowFileParts(ask: RowFileAsk): AsyncGenerator<Uint8Array> {
  const encoder = ask.format === 'csv' ? csvRows({ units: true }) : parquetRows();
  if (ask.about === 'table') yield* tableParts(ask, encoder);
  else yield* skimBytes(checked(ask.query), ask.runs, encoder);
}

async function* tableParts(
  { file, path, cut }: Extract<RowFileAsk, { about: 'table' }>,
  encoder: RowEncoder,
): AsyncGenerator<Uint8Array> {
  const reader = await openReader(file);
  try {
    const node = await reader.tree(path, { depth: 6 });
    checkRows(node);
    const passing = await passingRows(reader, node, cut);
    const bytesOf = function* (data: DataObject): Generator<Uint8Array> {
      const bytes = encoder.encode(asTable(node, data));
      if (bytes.length > 0) yield bytes;
    };
    yield* bytesOf(await reader.read(path, { rows: [0, 0] }));
    for await (const data of blocksOf(reader, node, passing)) yield* bytesOf(data);
    const rest = encoder.end();
    if (rest.length > 0) yield rest;
  } finally {
    await reader.close();
  }
}

/** All rows, or those that pass; what lies before the first and behind the last one is not read. */
async function* blocksOf(
  reader: Lh5Reader,
  { path }: TreeNode,
  passing: Uint32Array | undefined,
): AsyncGenerator<DataObject> {
  if (passing === undefined) {
    for await (const { data } of reader.blocks(path, { blockBytes })) yield data;
    return;
  }
  if (passing.length === 0) return;
  const [first, last] = [passing[0]!, passing.at(-1)!];
  let at = 0;
  for await (const { start, rows, data } of reader.blocks(path, { rows: [first, last + 1], blockBytes })) {
    const numbers: number[] = [];
    for (; at < passing.length && passing[at]! < start + rows; at += 1) numbers.push(passing[at]! - start);
    if (numbers.length > 0 && hasRows(data)) yield pickRows(data, numbers);
  }
}

function checkRows(node: TreeNode): void {
  const { path, kind, rows, fault } = node;
  if (fault !== undefined) throw new Lh5Error('data-inconsistent', fault, { object: path });
  if (rows === null || kind === 'link' || kind === 'opaque')
    throw new Lh5Error('argument-invalid', `is a ${kind} and has no rows: choose a table or a column`, {
      object: path,
    });
}

function asTable({ name }: TreeNode, data: DataObject): Table {
  if (data.kind === 'table') return data;
  const rows = hasRows(data) && data.kind === 'array' ? (data.shape[0] ?? 0) : 0;
  return { kind: 'table', rows, columns: new Map([[name, data]]), attrs: {} };
}
