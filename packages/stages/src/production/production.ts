import { StageError } from '@countroom/pipeline';
import { z } from 'zod';
import { stage } from './file-pattern.js';

/** How the files of a production lie and are called; the words are those of established file databases. */
export const productionConfig = z.strictObject({
  data_dir: z
    .string()
    .min(1)
    .meta({ title: 'Folder', description: 'Of all tiers; $_ is the folder of this file' }),
  tier_dirs: z.record(z.string(), z.string()).meta({
    title: 'Folders of the tiers',
    description: 'Below the folder of all, the first tier first',
  }),
  file_format: z.record(z.string(), z.string().min(1)).meta({
    title: 'Names of files',
    description: 'Below the folder of the tier, with {fields}',
  }),
  table_format: z.record(z.string(), z.string().min(1)).default({}).meta({
    title: 'Names of tables',
    description: 'With at most one field, such as ch{ch:03d}/raw',
  }),
  tables: z
    .record(z.string(), z.array(z.union([z.string(), z.number()])))
    .optional()
    .meta({
      title: 'Tables',
      description: 'Tier → values of the field, where files are not to be looked into',
    }),
  columns: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .meta({ title: 'Columns', description: 'Tier → columns of all its tables, with the tables' }),
  sortby: z
    .string()
    .default('timestamp')
    .meta({ title: 'Order', description: 'Field; files without it: by name' }),
});
/** How the files of a production lie and are called. */
export type ProductionConfig = z.infer<typeof productionConfig>;

const fieldValue = z.union([z.string(), z.number()]);
const tablesOfFile = z.strictObject({
  /** Value of the pattern's field of each table; the whole name where the pattern has none. */
  keys: z.array(fieldValue),
  /** Place of the columns of each table in the list of all. */
  columns: z.array(z.int().nonnegative()),
});

/** One row per set of fields: which files there are, how large, and what is in them. */
export const productionRow = z.strictObject({
  fields: z.record(z.string(), fieldValue),
  /** By tier, relative to its folder; tiers without a file are not there. */
  files: z.record(z.string(), z.strictObject({ path: z.string(), size: z.number() })),
  /** A bit per tier that has a file, the first tier is the highest. */
  status: z.int().nonnegative(),
  /** By tier; absent while nobody has looked into the files. */
  tables: z.record(z.string(), tablesOfFile).optional(),
});
/** One row per set of fields. */
export type ProductionRow = z.infer<typeof productionRow>;

/** The files of a production. */
export const production = z.strictObject({
  /** With its folders as they were found. */
  config: productionConfig,
  rows: z.array(productionRow),
  /** Each list of columns once; tables name it by its place. */
  columnLists: z.array(z.array(z.string())),
});
/** The files of a production. */
export type Production = z.infer<typeof production>;

/** Tiers of a production, the first one first. */
export function tiersOfProduction({ tier_dirs: folders }: ProductionConfig): string[] {
  return Object.keys(folders);
}

/** Puts several parts of one production together; a file that is in two of them counts once, as in the later one. */
export function mergeProductions(parts: readonly Production[]): Production {
  const [first, ...others] = parts;
  if (first === undefined) throw new StageError(stage, 'there is nothing to put together');
  const rows = new Map<string, ProductionRow>();
  const columnLists: string[][] = [];
  for (const part of [first, ...others]) {
    if (JSON.stringify(part.config) !== JSON.stringify(first.config))
      throw new StageError(stage, 'only files of one configuration can be put together; these differ');
    const places = part.columnLists.map((list) => placeOf(list, columnLists));
    for (const row of part.rows) {
      const tables = Object.entries(row.tables ?? {}).map(([tier, { keys, columns }]) => [
        tier,
        { keys, columns: columns.map((place) => places[place]!) },
      ]);
      const moved = row.tables === undefined ? row : { ...row, tables: Object.fromEntries(tables) as never };
      rows.set(JSON.stringify(row.fields), moved);
    }
  }
  return { config: first.config, rows: sortRows([...rows.values()], first.config), columnLists };
}

/** Place of a list of columns among all, where it is put when it is new. */
export function placeOf(columns: readonly string[], lists: string[][]): number {
  const text = columns.join('\n');
  const found = lists.findIndex((list) => list.join('\n') === text);
  return found >= 0 ? found : lists.push([...columns]) - 1;
}

/** Rows in the order of the field that the configuration names, else in that of their files. */
export function sortRows(rows: readonly ProductionRow[], { sortby }: ProductionConfig): ProductionRow[] {
  const keyOf = ({ fields, files }: ProductionRow): string | number =>
    fields[sortby] ?? Object.values(files)[0]?.path ?? '';
  return [...rows].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (typeof x === 'number' && typeof y === 'number') return x - y;
    return String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
  });
}
