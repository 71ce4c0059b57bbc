import type { CoincidenceMap } from '@countroom/events';
import type { Lh5Reader, RowRange, TreeNode } from '@countroom/lh5';
import { type InputTable, type OutputArray, StageError } from '@countroom/pipeline';
import type { Attributes, DataArray, NdArray, Table, VectorOfVectors } from '@countroom/records';
import { array, type MapField } from './map-table.js';

const parts = ['array_id', 'array_idx', 'cumulative_length'] as const;

/** Writes maps as files before 2025 hold them: keys and rows of all hits, and where each event ends, as plain arrays. */
export class FlatLayout {
  private hits = 0;

  /** @param name the group that holds the arrays; @param keys by place of the table */
  constructor(
    private readonly name: string,
    private readonly keys: readonly number[],
    private readonly attrs: Attributes,
  ) {}

  /** The arrays of the next events. Throws a StageError for more than 2³² − 1 hits. */
  arrays({ table, row, ends }: CoincidenceMap, fields: readonly MapField[]): readonly OutputArray[] {
    const before = this.hits;
    this.hits += row.length;
    if (this.hits >= 2 ** 32)
      throw new StageError('build_tcm', 'the flat layout ends at 2^32 hits; take vectors');
    const part = (name: string, one: NdArray, counts = false): OutputArray => ({
      path: `${this.name}/${name}`,
      array: one,
      counts,
    });
    const key = array(
      'int32',
      table.map((place) => this.keys[place]!),
    );
    return [
      part('array_id', { ...key, attrs: this.attrs }),
      part('array_idx', array('int32', row)),
      part(
        'cumulative_length',
        array(
          'uint32',
          Uint32Array.from(ends, (end) => before + end),
        ),
        true,
      ),
      ...fields.map(({ name, dtype, data }) => part(name, array(dtype, data))),
    ];
  }
}

/** Maps of the layout before 2025 as tables of today's: `table_key` and `row_in_table`, a list per event. */
export class FlatMaps {
  private found: Promise<readonly TreeNode[]> | undefined;

  constructor(private readonly reader: Lh5Reader) {}

  /** Whether there is such a map at a path. */
  async has(path: string): Promise<boolean> {
    return (await this.maps()).some((node) => node.path === path);
  }

  /** The maps with their first events. */
  async tables(sampleRows: number): Promise<InputTable[]> {
    const tables: InputTable[] = [];
    for (const { path } of await this.maps()) {
      const rows = await this.reader.rowCount(`${path}/cumulative_length`);
      tables.push({ path, rows, sample: await this.read(path, [0, sampleRows]) });
    }
    return tables;
  }

  /** Some events. Throws a StageError when the arrays do not fit together. */
  async read(path: string, [start, stop]: RowRange): Promise<Table> {
    const ends = numbersOf(await this.array(path, 'cumulative_length', [Math.max(0, start - 1), stop]));
    const [before, own] = start === 0 ? [0, ends] : [ends[0] ?? 0, ends.slice(1)];
    const last = own.at(-1) ?? before;
    const [keys, rows] = await Promise.all([
      this.array(path, 'array_id', [before, last]),
      this.array(path, 'array_idx', [before, last]),
    ]);
    const rising = own.every((end, i) => end >= (own[i - 1] ?? before));
    if (!rising || keys.data.length !== last - before || rows.data.length !== last - before)
      throw new StageError(
        'map',
        `${path} of ${this.reader.file} is damaged: array_id, array_idx and cumulative_length do not fit together`,
      );
    const cumulative = array(
      'uint32',
      Uint32Array.from(own, (end) => end - before),
    );
    const lists = (data: DataArray): VectorOfVectors => ({
      kind: 'vov',
      cumulative,
      flattened: array('int32', Int32Array.from(data as Float64Array, Number)),
      attrs: {},
    });
    const columns = new Map([
      ['table_key', lists(keys.data)],
      ['row_in_table', lists(rows.data)],
    ]);
    return { kind: 'table', rows: own.length, columns, attrs: keys.attrs };
  }

  private async array(path: string, name: string, rows: RowRange): Promise<NdArray> {
    const found = await this.reader.read(`${path}/${name}`, { rows });
    if (found.kind === 'array') return found;
    throw new StageError('map', `${path}/${name} of ${this.reader.file} is no array`);
  }

  private maps(): Promise<readonly TreeNode[]> {
    return (this.found ??= this.reader.tree().then(flatMapsIn));
  }
}

function flatMapsIn(node: TreeNode): readonly TreeNode[] {
  if (node.kind === 'table') return [];
  const isMap = parts.every((name) =>
    node.children.some((child) => child.name === name && child.kind === 'array'),
  );
  return isMap ? [node] : node.children.flatMap(flatMapsIn);
}

function numbersOf({ data }: NdArray): number[] {
  return Array.from(data as Float64Array, Number);
}
