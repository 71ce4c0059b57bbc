import type { WaveformsPreview } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader, type TreeNode } from '@countroom/lh5';
import {
  type DataArray,
  type DataObject,
  elementsPerRow,
  endOffset,
  hasRows,
  type Table,
} from '@countroom/records';
import { decimate } from './decimate.js';
import { dtypeOf, unitsOfNode } from './node-facts.js';
import type { Readings } from './readings.js';
import { timeFactor } from './time-units.js';

type Waveform = WaveformsPreview['waveforms'][number];
const blockBytes = 16 << 20;
const mostRows = 50;

/** Waveforms of a waveform table, of a table that has one, or of a column of vectors (with sample numbers as times). */
export async function waveformsView(
  reader: Lh5Reader,
  ask: Readings['waveforms']['ask'],
): Promise<WaveformsPreview> {
  const node = await findWaveforms(reader, ask.path);
  const rows = node.rows ?? 0;
  const child = (name: string): TreeNode | undefined => node.children.find((one) => one.name === name);
  const isTable = node.kind === 'waveform';
  const values = isTable ? (child('values') ?? node) : node;
  const dtUnit = unitsOf(child('dt')) ?? unitsOf(child('t0'));
  const t0Factor = timeFactor(unitsOf(child('t0')), dtUnit);
  const waveforms: Waveform[] = [];
  for await (const { numbers, data } of blocksOf(reader, node.path, rows, ask)) {
    for (const [row, number] of numbers.entries()) {
      const samples = samplesOf(isTable ? columnOf(data, 'values') : data, row, node.path);
      const t0 = isTable ? (numberOf(data, 't0', row) ?? 0) * t0Factor : 0;
      const dt = isTable ? (numberOf(data, 'dt', row) ?? 1) : 1;
      waveforms.push(waveformOf(number, samples, { ...ask, t0, dt }));
    }
  }
  return {
    path: node.path,
    rows,
    timeUnit: isTable ? (dtUnit ?? '') : 'sample',
    valueUnit: unitsOfNode(values) ?? '',
    waveforms,
  };
}

interface Rows {
  readonly numbers: readonly number[];
  readonly data: DataObject;
}

/** Rows in blocks: those from a place on, or single ones by number. */
async function* blocksOf(
  reader: Lh5Reader,
  path: string,
  rows: number,
  ask: Readings['waveforms']['ask'],
): AsyncGenerator<Rows> {
  if (ask.rows === undefined) {
    const range = [ask.from, ask.from + ask.count] as const;
    for await (const { start, rows: found, data } of reader.blocks(path, { rows: range, blockBytes }))
      yield { numbers: Array.from({ length: found }, (_, row) => start + row), data };
    return;
  }
  const numbers = ask.rows.filter((row) => row < rows).slice(0, mostRows);
  for (const number of numbers)
    yield { numbers: [number], data: await reader.read(path, { rows: [number, number + 1] }) };
}

function waveformOf(
  row: number,
  samples: DataArray,
  ask: Pick<Readings['waveforms']['ask'], 'points' | 'min' | 'max'> & { t0: number; dt: number },
): Waveform {
  const { t0, dt, points } = ask;
  const [first, end] = part(samples.length, ask);
  const { indices, values, step } = decimate(samples.subarray(first, end), points);
  return {
    row,
    t0,
    dt,
    samples: samples.length,
    step,
    decimated: step !== 1,
    times: indices.map((index) => t0 + (first + index) * dt),
    values: [...values],
  };
}

/** The samples between two times, with a neighbour at each side, so that a line drawn through them reaches the edges. */
function part(
  length: number,
  { t0, dt, min, max }: { t0: number; dt: number; min?: number | undefined; max?: number | undefined },
): readonly [first: number, end: number] {
  if (!(dt > 0)) return [0, length];
  const within = (index: number): number => Math.min(length, Math.max(0, index));
  return [
    min === undefined ? 0 : within(Math.floor((min - t0) / dt)),
    max === undefined ? length : within(Math.ceil((max - t0) / dt) + 1),
  ];
}

async function findWaveforms(reader: Lh5Reader, path: string): Promise<TreeNode> {
  const node = await reader.tree(path, { depth: 3 });
  const parent = node.path.split('/').slice(0, -1).join('/');
  if (node.name === 'values' && parent !== '') {
    const above = await reader.tree(parent, { depth: 2 });
    if (above.kind === 'waveform') return sound(above);
  }
  if (node.kind === 'table') {
    const columns = node.children.filter((child) => child.kind === 'waveform');
    const column = columns.find(({ name }) => name === 'waveform') ?? columns[0];
    if (column !== undefined) return sound(column);
  }
  if (!isWaveforms(node))
    throw new Lh5Error(
      'argument-invalid',
      'holds no waveforms; choose a waveform table or a column of vectors',
      {
        object: node.path,
      },
    );
  return sound(node);
}

function isWaveforms(node: TreeNode): boolean {
  if (node.kind === 'waveform' || node.kind === 'encoded') return true;
  const dtype = dtypeOf(node);
  if (dtype === null || dtype === 'string' || dtype === 'opaque') return false;
  return node.kind === 'vov' || (node.kind === 'array' && node.shape?.length === 2);
}

function sound(node: TreeNode): TreeNode {
  const fault = node.fault ?? node.children.find((child) => child.fault !== undefined)?.fault;
  if (fault !== undefined) throw new Lh5Error('data-inconsistent', fault, { object: node.path });
  return node;
}

function unitsOf(node: TreeNode | undefined): string | undefined {
  return node === undefined ? undefined : (unitsOfNode(node) ?? undefined);
}

function columnOf(object: DataObject, name: string): DataObject | undefined {
  return object.kind === 'table' ? (object satisfies Table).columns.get(name) : undefined;
}

function numberOf(object: DataObject, name: string, row: number): number | undefined {
  const column = columnOf(object, name);
  const value = column?.kind === 'array' ? Number(column.data[row]) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function samplesOf(values: DataObject | undefined, row: number, path: string): DataArray {
  if (values?.kind === 'array') {
    const width = elementsPerRow(values.shape);
    return values.data.subarray(row * width, (row + 1) * width);
  }
  if (values?.kind === 'vov' && hasRows(values) && values.flattened.kind === 'array')
    return values.flattened.data.subarray(endOffset(values, row - 1), endOffset(values, row));
  throw new Lh5Error('data-inconsistent', 'the values of the waveforms are not numbers', { object: path });
}
