import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { lh5Backend, type TreeNode } from '@countroom/lh5';
import { parseOptions, StageError } from '@countroom/pipeline';
import { type Fields, filePattern, stage } from './file-pattern.js';
import {
  type Production,
  type ProductionConfig,
  type ProductionRow,
  placeOf,
  productionConfig,
  sortRows,
  tiersOfProduction,
} from './production.js';

/** Which files are looked for, and where. */
export interface ProductionScan {
  /** As it is written; wrong keys are refused with their place. */
  readonly config: unknown;
  /** What `$_` stands for: the folder of the configuration. */
  readonly home: string;
  /** Folders below that of the first tier; all when empty. */
  readonly folders?: readonly string[];
  /** Variables of the environment, for `$NAME` and `${NAME}`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the files of a production: those of the first tier by their names, those of the other tiers by the fields that
 * these have. Nothing is opened. Throws a StageError for a configuration that does not fit and folders that are not there.
 */
export async function scanProduction(scan: ProductionScan): Promise<Production> {
  const config = located(scan);
  const [first, ...others] = tiersOfProduction(config);
  if (first === undefined) throw new StageError(stage, 'tier_dirs names no tier');
  const patterns = new Map(
    [first, ...others].map((tier) => {
      const format = config.file_format[tier];
      if (format === undefined) throw new StageError(stage, `file_format.${tier} is missing`);
      return [tier, filePattern(format.replace(/^\//, ''), `file_format.${tier}`)] as const;
    }),
  );
  for (const tier of others) {
    const unknown = patterns.get(tier)!.fields.find((field) => !patterns.get(first)!.fields.includes(field));
    if (unknown !== undefined)
      throw new StageError(
        stage,
        `file_format.${tier} has {${unknown}}, which file_format.${first} does not have`,
      );
  }
  const rows: ProductionRow[] = [];
  for (const path of await filesBelow(tierFolder(config, first), scan.folders ?? [])) {
    const fields = patterns.get(first)!.match(path);
    if (fields === undefined) continue;
    rows.push(
      await rowOf(config, fields, (tier) => (tier === first ? path : patterns.get(tier)!.fill(fields)!)),
    );
  }
  return { config, rows: sortRows(rows, config), columnLists: [] };
}

/** How files are looked into. */
export interface ColumnScan {
  /** Also where it was done before. */
  readonly override?: boolean;
  /** The files of one folder have the same tables: one of them is looked into. */
  readonly conform?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The production with the tables of its files and their columns, as far as `table_format` names tables of the tier.
 * Throws what reading throws, which names the file.
 */
export async function scanTables(
  { config, rows, columnLists: known }: Production,
  { override = false, conform = false, onProgress }: ColumnScan = {},
): Promise<Production> {
  const columnLists = override ? [] : known.map((list) => [...list]);
  const patterns = Object.entries(config.table_format).map(([tier, format]) => {
    const pattern = filePattern(format, `table_format.${tier}`);
    if (pattern.fields.length > 1)
      throw new StageError(
        stage,
        `table_format.${tier} has the fields ${pattern.fields.join(', ')}; one is possible`,
      );
    return [tier, pattern] as const;
  });
  const ofFolder = new Map<string, { keys: (string | number)[]; columns: number[] }>();
  const scanned: ProductionRow[] = [];
  for (const row of rows) {
    if (row.tables !== undefined && !override) {
      scanned.push(row);
      continue;
    }
    const tables: NonNullable<ProductionRow['tables']> = {};
    for (const [tier, pattern] of patterns) {
      const file = row.files[tier];
      if (file === undefined) continue;
      const folder = `${tier} ${file.path.split('/').slice(0, -1).join('/')}`;
      let found = conform ? ofFolder.get(folder) : undefined;
      found ??= given(config, tier, columnLists);
      if (found === undefined) {
        const keys: (string | number)[] = [];
        const columns: number[] = [];
        for (const [path, names] of await tablesOf(join(tierFolder(config, tier), file.path))) {
          const fields = pattern.match(path);
          if (fields === undefined) continue;
          keys.push(Object.values(fields)[0] ?? path);
          columns.push(placeOf(names, columnLists));
        }
        found = { keys, columns };
      }
      ofFolder.set(folder, found);
      tables[tier] = found;
    }
    scanned.push({ ...row, tables });
    onProgress?.(scanned.length, rows.length);
  }
  return { config, rows: scanned, columnLists };
}

/** Where the files of a tier lie. */
export function tierFolder({ data_dir: folder, tier_dirs: tiers }: ProductionConfig, tier: string): string {
  return join(folder, tiers[tier]!.replace(/^\//, ''));
}

function located({ config: written, home, environment = {} }: ProductionScan): ProductionConfig {
  const config = parseOptions({ name: stage, configSchema: productionConfig }, written);
  const expanded = config.data_dir
    .replace(/^\$_(?=\/|$)/, () => home)
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain!;
      const value = environment[name];
      if (value === undefined)
        throw new StageError(stage, `data_dir: there is no variable ${name} in the environment`);
      return value;
    });
  return { ...config, data_dir: resolve(home, expanded) };
}

/** Files below folders, relative to the outer one, with slashes, sorted. */
async function filesBelow(outer: string, folders: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const folder of folders.length === 0 ? ['.'] : folders) {
    const start = resolve(outer, folder);
    if (start !== resolve(outer) && !start.startsWith(resolve(outer) + sep))
      throw new StageError(stage, `${folder} leads out of ${outer}`);
    const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
      throw new StageError(stage, `${start}: there is no such folder`, [], cause);
    });
    for (const entry of entries)
      if (!entry.isDirectory())
        found.add(relative(outer, join(entry.parentPath, entry.name)).split(sep).join('/'));
  }
  return [...found].sort();
}

async function rowOf(
  config: ProductionConfig,
  fields: Fields,
  pathOf: (tier: string) => string,
): Promise<ProductionRow> {
  const tiers = tiersOfProduction(config);
  const files: ProductionRow['files'] = {};
  let status = 0;
  for (const tier of tiers) {
    const path = pathOf(tier);
    const size = await sizeOf(join(tierFolder(config, tier), path));
    status = 2 * status + (size === undefined ? 0 : 1);
    if (size !== undefined) files[tier] = { path, size };
  }
  return { fields: { ...fields }, files, status };
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
}

/** Tables that the configuration tells, so that no file is opened. */
function given(
  { tables, columns }: ProductionConfig,
  tier: string,
  columnLists: string[][],
): { keys: (string | number)[]; columns: number[] } | undefined {
  const [keys, names] = [tables?.[tier], columns?.[tier]];
  if (keys === undefined || names === undefined) return undefined;
  const place = placeOf(names, columnLists);
  return { keys: [...keys], columns: keys.map(() => place) };
}

/** The tables of a file with the names of their columns; nothing but the structure is read. */
async function tablesOf(file: string): Promise<[path: string, columns: string[]][]> {
  const reader = await lh5Backend.openReader(file);
  try {
    const tables = (node: TreeNode): [string, string[]][] =>
      node.kind === 'table' && node.path !== ''
        ? [[node.path, node.children.map(({ path }) => path.slice(node.path.length + 1))]]
        : node.children.flatMap(tables);
    return tables(await reader.tree());
  } finally {
    await reader.close();
  }
}
