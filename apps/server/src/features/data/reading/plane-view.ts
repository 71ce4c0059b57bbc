import type { PlaneHistogram } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader, type TreeNode } from '@countroom/lh5';
import type { DataArray, Table } from '@countroom/records';
import { passingRows } from './cut.js';
import { isNumeric, unitsOfNode } from './node-facts.js';
import type { Readings } from './readings.js';

const blockRows = 1 << 16;
type Axis = PlaneHistogram['x'];
type Pair = readonly [x: DataArray, y: DataArray];

/** Counts over two columns of a table, read in blocks. Limits that are not given are those of the data. */
export async function planeView(reader: Lh5Reader, ask: Readings['plane']['ask']): Promise<PlaneHistogram> {
  const node = await reader.tree(ask.path, { depth: 2 });
  const columns = [columnOf(node, ask.x), columnOf(node, ask.y)] as const;
  const given = [
    [ask.xMin, ask.xMax],
    [ask.yMin, ask.yMax],
  ] as const;
  const passing = await passingRows(reader, node, ask.cut);
  const pairs = (): AsyncIterable<Pair> => pairsOf(reader, ask, passing);
  const limits = await limitsOf(pairs, ask, given);
  const axis = (index: 0 | 1): Axis => ({
    column: columns[index].name,
    units: unitsOfNode(columns[index]),
    min: limits[index][0],
    max: limits[index][1],
  });
  const [x, y] = [axis(0), axis(1)];
  const counts = new Float64Array(ask.bins * ask.bins);
  let [entries, outside, nan] = [0, 0, 0];
  for await (const [xs, ys] of pairs()) {
    entries += xs.length;
    for (let row = 0; row < xs.length; row += 1) {
      const [one, other] = [Number(xs[row]), Number(ys[row])];
      if (!Number.isFinite(one) || !Number.isFinite(other)) nan += 1;
      else if (one < x.min || one > x.max || other < y.min || other > y.max) outside += 1;
      else counts[binOf(other, y, ask.bins) * ask.bins + binOf(one, x, ask.bins)]! += 1;
    }
  }
  return { path: node.path, x, y, bins: ask.bins, entries, outside, nan, counts: [...counts] };
}

/** The last bin has its upper edge. */
function binOf(value: number, { min, max }: Axis, bins: number): number {
  return Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins));
}

function columnOf(table: TreeNode, name: string): TreeNode {
  const column = table.children.find((child) => child.name === name);
  if (table.kind !== 'table' || column === undefined)
    throw new Lh5Error('argument-invalid', `has no column ${name}`, { object: table.path });
  if (!isNumeric(column) || column.kind !== 'array' || column.shape?.length !== 1)
    throw new Lh5Error('argument-invalid', 'does not have one number per row', { object: column.path });
  return column;
}

async function* pairsOf(
  reader: Lh5Reader,
  { path, x, y }: Readings['plane']['ask'],
  passing: Uint32Array | undefined,
): AsyncGenerator<Pair> {
  const columns = [...new Set([x, y])];
  for await (const data of tablesOf(reader, path, columns, passing)) {
    const [xs, ys] = [data.columns.get(x), data.columns.get(y)];
    if (xs?.kind === 'array' && ys?.kind === 'array') yield [xs.data, ys.data];
  }
}

async function* tablesOf(
  reader: Lh5Reader,
  path: string,
  columns: readonly string[],
  passing: Uint32Array | undefined,
): AsyncGenerator<Table> {
  if (passing === undefined) {
    for await (const { data } of reader.tableBlocks(path, { columns, blockRows })) yield data;
    return;
  }
  for (let from = 0; from < passing.length; from += blockRows)
    yield await reader.readTable(path, {
      columns,
      select: { indices: passing.subarray(from, from + blockRows) },
    });
}

type Limits = readonly [min: number, max: number];
type Given = readonly [min: number | undefined, max: number | undefined];

async function limitsOf(
  pairs: () => AsyncIterable<Pair>,
  ask: Readings['plane']['ask'],
  given: readonly [Given, Given],
): Promise<readonly [Limits, Limits]> {
  const found = [new Extent(), new Extent()] as const;
  if (given.flat().includes(undefined)) {
    for await (const pair of pairs()) for (const side of [0, 1] as const) found[side].add(pair[side]);
  }
  const limits = ([min, max]: Given, extent: Extent, column: string): Limits => {
    const [low, high] = extent.limits;
    const [from, to] = [min ?? low, max ?? high];
    if (from < to && Number.isFinite(to - from)) return [from, to];
    throw new Lh5Error('argument-invalid', `the limits ${from} and ${to} of ${column} enclose nothing`, {
      object: ask.path,
    });
  };
  return [limits(given[0], found[0], ask.x), limits(given[1], found[1], ask.y)];
}

/** The smallest and the largest number; around a single one some room, so that bins have a width. */
class Extent {
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;

  add(values: DataArray): void {
    for (const number of values) {
      const value = Number(number);
      if (!Number.isFinite(value)) continue;
      if (value < this.min) this.min = value;
      if (value > this.max) this.max = value;
    }
  }

  get limits(): Limits {
    if (this.min > this.max) return [0, 1];
    if (this.min < this.max) return [this.min, this.max];
    const half = Math.max(0.5, Math.abs(this.min) * 2 ** -40);
    return [this.min - half, this.max + half];
  }
}
