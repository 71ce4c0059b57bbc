import { concatRows, type DataObject, hasRows, rowsOf, sliceRows, type Table } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { ReadMemory } from '../hdf5/read-memory.js';
import type { RowRange, RowSelection } from '../ports.js';
import { selectedRanges } from '../read/selection.js';
import { Condition, pathsOf } from './condition.js';
import { expandFiles, expandPaths } from './paths.js';
import { OpenReaders } from './readers.js';

/** Tables that are gone over in step with others, their columns joined to those. */
export interface FriendOptions {
  /** Files, one for each of the others' files; or the others' files when absent. */
  readonly files?: string | readonly string[];
  /** Paths of the tables. */
  readonly groups: string | readonly string[];
  readonly columns?: readonly string[];
  /** Put before and behind the names of columns. */
  readonly prefix?: string;
  readonly suffix?: string;
}

/** What a {@link TableIterator} goes over; plain data that can be sent to a thread. */
export interface IteratorOptions {
  /** Files, or patterns such as `raw/*.lh5`. */
  readonly files: string | readonly string[];
  /** Paths of tables, or patterns per level such as `ch*` + `/raw`. */
  readonly groups: string | readonly string[];
  /** Columns to read; everything when absent. */
  readonly columns?: readonly string[];
  /** In the place of `columns` of tables and friends: columns of any of them, under the names that they have when joined. */
  readonly joinedColumns?: readonly string[];
  /** Most rows of one block. Default 65536. */
  readonly blockRows?: number;
  /** Use the memory of a block again for the next one: take what is needed before going on. */
  readonly reuse?: boolean;
  /** Rows over all tables, one behind the other. */
  readonly select?: RowSelection;
  readonly rows?: RowRange;
  /**
   * Only rows for which this expression is true (`energy > 5 & ~flag`; nested columns as `waveform__t0`): over the columns of
   * the tables, their friends and `groupData`, whether they are read otherwise or not.
   */
  readonly where?: string;
  readonly friends?: readonly FriendOptions[];
  /** Values that become a column of each block, by name: one for each group as it is given, in their order. */
  readonly groupData?: Readonly<Record<string, readonly number[]>>;
  /** Files that are kept open. Default 10. */
  readonly openFiles?: number;
}

/** One table of one file; `start` is the number of its first row among all. */
export interface IteratedTable {
  readonly file: string;
  readonly group: string;
  readonly start: number;
  readonly rows: number;
  /** Number of the group as it was given, before patterns were replaced. */
  readonly groupNumber: number;
  /** Its friends, in the order of the options. */
  readonly friends: readonly { readonly file: string; readonly group: string }[];
}

/** Rows of one table: their numbers among all rows increase, but need not be next to each other. */
export interface IteratedBlock {
  readonly table: IteratedTable;
  /** Numbers of the rows within their table, as ranges. */
  readonly ranges: readonly RowRange[];
  readonly data: Table;
}

const defaultBlockRows = 65_536;

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** Ranges cut into blocks of at most so many rows. */
function cut(ranges: readonly RowRange[], most: number): RowRange[][] {
  const blocks: RowRange[][] = [];
  let room = 0;
  for (const [start, stop] of ranges) {
    for (let from = start; from < stop; ) {
      if (room === 0) {
        blocks.push([]);
        room = most;
      }
      const to = Math.min(stop, from + room);
      blocks.at(-1)!.push([from, to]);
      room -= to - from;
      from = to;
    }
  }
  return blocks;
}

/**
 * Goes over the rows of tables in many files, block by block: files one after the other, the groups of each in their order.
 * Tables are found and counted with the first call that needs them; no data are read for that.
 */
export class TableIterator implements AsyncIterable<IteratedBlock> {
  readonly options: IteratorOptions;
  readonly #readers: OpenReaders;
  /** One for the tables, one for each of their friends: paths may be the same. */
  readonly #memories: readonly ReadMemory[];
  readonly #condition: Condition | undefined;
  #tables: Promise<readonly IteratedTable[]> | undefined;

  constructor(options: IteratorOptions) {
    if (options.blockRows !== undefined && !(options.blockRows >= 1))
      throw new Lh5Error('argument-invalid', `blocks of ${options.blockRows} rows: give at least 1`);
    this.options = options;
    this.#condition = options.where === undefined ? undefined : new Condition(options.where);
    const tables = options.reuse === true ? [options.groups, ...(options.friends ?? [])] : [];
    this.#memories = tables.map(() => new ReadMemory());
    this.#readers = new OpenReaders(options.openFiles);
  }

  /** The tables, in order. Fails when no table is found, or friends are not as long. */
  tables(): Promise<readonly IteratedTable[]> {
    this.#tables ??= this.#find();
    return this.#tables;
  }

  /** Rows of all tables, selected or not. */
  async rowCount(): Promise<number> {
    const last = (await this.tables()).at(-1);
    return last === undefined ? 0 : last.start + last.rows;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<IteratedBlock> {
    for (const table of await this.tables()) yield* this.blocksOf(table);
  }

  /** Number of blocks of one of the tables, before any condition. */
  blockCount(table: IteratedTable): number {
    return this.#cut(table).length;
  }

  /** Blocks of one of the tables; those in which no row fulfils the condition are left out. */
  async *blocksOf(
    table: IteratedTable,
    [first, last]: RowRange = [0, Number.MAX_SAFE_INTEGER],
  ): AsyncGenerator<IteratedBlock> {
    const { joinedColumns } = this.options;
    const columns = joinedColumns === undefined ? {} : { needed: await this.#chosen(table, joinedColumns) };
    for (const ranges of this.#cut(table).slice(first, last)) {
      const wanted = await this.#fulfilling(table, ranges);
      if (wanted.length === 0) continue;
      const data = await this.#read(table, wanted, { memories: this.#memories, ...columns });
      yield { table, ranges: wanted, data };
    }
  }

  /** Rows `start` to `stop` of all rows, whatever is selected; cut to those that there are. */
  async read(start: number, stop: number): Promise<Table> {
    const parts: Table[] = [];
    for (const table of await this.tables()) {
      const from = Math.max(0, start - table.start);
      const to = Math.min(table.rows, stop - table.start);
      if (from < to) parts.push(await this.#read(table, [[from, to]]));
    }
    const [first] = await this.tables();
    if (parts.length === 0 && first !== undefined) return this.#read(first, [[0, 0]]);
    return parts.length === 1 ? parts[0]! : concatRows(parts);
  }

  /** Closes the files; iterating again opens them again. */
  close(): Promise<void> {
    return this.#readers.close();
  }

  #cut(table: IteratedTable): RowRange[][] {
    return cut(this.#ranges(table), this.options.blockRows ?? defaultBlockRows);
  }

  /** Those of the rows for which the condition holds; only the columns that it needs are read. */
  async #fulfilling(table: IteratedTable, ranges: readonly RowRange[]): Promise<readonly RowRange[]> {
    if (this.#condition === undefined) return ranges;
    const needed = await this.#needed(table, this.#condition.names.flatMap(pathsOf));
    const mask = this.#condition.of(await this.#read(table, ranges, { needed }));
    const found: RowRange[] = [];
    let before = 0;
    for (const [start, stop] of ranges) {
      const own = selectedRanges({ mask: mask.subarray(before, before + stop - start) }, [0, stop - start]);
      for (const [from, to] of own) found.push([start + from, start + to]);
      before += stop - start;
    }
    return found;
  }

  async #chosen(table: IteratedTable, paths: readonly string[]): Promise<readonly (readonly string[])[]> {
    const needed = await this.#needed(table, paths);
    for (const path of paths) {
      if (this.options.groupData?.[path] !== undefined) continue;
      const there = await this.#needed(table, [path]);
      if (there.flat().length > 0) continue;
      const place = { file: table.file, object: table.group };
      throw new Lh5Error('object-missing', `there is no column ${path} in it or its friends`, place);
    }
    return needed;
  }

  /** Where columns are of the names that they have when joined: in a table and in each of its friends. */
  async #needed(table: IteratedTable, paths: readonly string[]): Promise<readonly (readonly string[])[]> {
    const sources = [{ file: table.file, group: table.group, prefix: '', suffix: '' }];
    for (const [k, { prefix = '', suffix = '' }] of (this.options.friends ?? []).entries())
      sources.push({ ...table.friends[k]!, prefix, suffix });
    const needed: string[][] = [];
    for (const { file, group, prefix, suffix } of sources) {
      const reader = await this.#readers.get(file);
      const found: string[] = [];
      for (const path of paths) {
        const [column = '', ...inner] = path.split('/');
        if (!column.startsWith(prefix) || !column.endsWith(suffix)) continue;
        const own = [column.slice(prefix.length, column.length - suffix.length), ...inner].join('/');
        if (own !== '' && (await reader.has(`${group}/${own}`))) found.push(own);
      }
      needed.push(found);
    }
    return needed;
  }

  #ranges({ start, rows }: IteratedTable): RowRange[] {
    const { select, rows: wanted = [0, Number.MAX_SAFE_INTEGER] } = this.options;
    const from = Math.max(wanted[0], start);
    const to = Math.min(wanted[1], start + rows);
    if (from >= to) return [];
    const found: RowRange[] = select === undefined ? [[from, to]] : selectedRanges(select, [from, to]);
    return found.map(([a, b]) => [a - start, b - start]);
  }

  async #read(
    table: IteratedTable,
    ranges: readonly RowRange[],
    {
      memories = [],
      needed,
    }: { readonly memories?: readonly ReadMemory[]; readonly needed?: readonly (readonly string[])[] } = {},
  ): Promise<Table> {
    const { columns: wanted, friends = [], groupData = {} } = this.options;
    const own = await this.#readTable(table.file, table.group, ranges, needed?.[0] ?? wanted, memories[0]);
    const columns = new Map(own.columns);
    for (const [k, friend] of friends.entries()) {
      const { file, group } = table.friends[k]!;
      const joined = await this.#readTable(
        file,
        group,
        ranges,
        needed?.[k + 1] ?? friend.columns,
        memories[k + 1],
      );
      for (const [name, column] of joined.columns) {
        const full = `${friend.prefix ?? ''}${name}${friend.suffix ?? ''}`;
        if (columns.has(full))
          throw new Lh5Error(
            'argument-invalid',
            `the column ${full} is in two tables that are joined: give a prefix`,
            { file, object: group },
          );
        columns.set(full, column);
      }
    }
    for (const [name, values] of Object.entries(groupData))
      columns.set(name, constantColumn(values[table.groupNumber] ?? Number.NaN, own.rows));
    return { ...own, columns };
  }

  async #readTable(
    file: string,
    group: string,
    ranges: readonly RowRange[],
    columns: readonly string[] | undefined,
    memory: ReadMemory | undefined,
  ): Promise<Table> {
    const reader = await this.#readers.get(file);
    const mask = columns === undefined ? {} : { columns };
    const [only] = ranges;
    if (ranges.length === 1 && only !== undefined)
      return reader.readTable(group, {
        ...mask,
        rows: only,
        ...(memory === undefined ? {} : { memory }),
      });
    return reader.readTable(group, { ...mask, select: { ranges } });
  }

  async #find(): Promise<readonly IteratedTable[]> {
    const { files, groups, friends = [] } = this.options;
    const names = await expandFiles(files);
    const friendFiles = await Promise.all(
      friends.map(async ({ files: own }) => (own === undefined ? names : await expandFiles(own))),
    );
    friendFiles.forEach((own) => {
      if (own.length !== names.length)
        throw new Lh5Error(
          'argument-invalid',
          `${names.length} files and ${own.length} of friends: they go in pairs`,
        );
    });
    const tables: IteratedTable[] = [];
    let start = 0;
    for (const [k, file] of names.entries()) {
      const own = await this.#groupsIn(file, listOf(groups));
      const joined = await Promise.all(
        friends.map((friend, f) => this.#groupsIn(friendFiles[f]![k]!, listOf(friend.groups))),
      );
      for (const [g, { path, number }] of own.entries()) {
        const rows = await (await this.#readers.get(file)).rowCount(path);
        const partners = joined.map((list, f) => ({ file: friendFiles[f]![k]!, group: list[g]?.path ?? '' }));
        for (const partner of partners) await this.#checkFriend({ file, object: path }, rows, partner);
        tables.push({ file, group: path, start, rows, groupNumber: number, friends: partners });
        start += rows;
      }
    }
    if (tables.length === 0)
      throw new Lh5Error('object-missing', `no table ${listOf(groups).join(', ')} is in ${names.join(', ')}`);
    return tables;
  }

  async #groupsIn(file: string, groups: readonly string[]): Promise<{ path: string; number: number }[]> {
    const reader = await this.#readers.get(file);
    const found: { path: string; number: number }[] = [];
    for (const [number, group] of groups.entries()) {
      for (const path of await expandPaths(reader, group)) found.push({ path, number });
    }
    return found;
  }

  async #checkFriend(
    place: { file: string; object: string },
    rows: number,
    friend: { file: string; group: string },
  ): Promise<void> {
    if (friend.group === '')
      throw new Lh5Error('object-missing', `has no table to go with it in ${friend.file}`, place);
    const there = await (await this.#readers.get(friend.file)).rowCount(friend.group);
    if (there !== rows)
      throw new Lh5Error(
        'data-inconsistent',
        `has ${rows} rows, ${friend.file} /${friend.group} that goes with it has ${there}`,
        place,
      );
  }
}

function constantColumn(value: number, rows: number): DataObject {
  const data = new Float64Array(rows).fill(value);
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [rows], data, attrs: {} };
}

/** The rows of a table for which a condition gives true (or not 0), as a new table. */
export function rowsWhere(table: Table, mask: ArrayLike<number | boolean>): Table {
  const ranges = selectedRanges({ mask }, [0, rowsOf(table)]);
  if (ranges.length === 0) return sliceRows(table, 0, 0);
  const parts = ranges.map(([start, stop]) => sliceRows(table, start, stop));
  return parts.length === 1 && hasRows(table) ? parts[0]! : concatRows(parts);
}
