import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';

/** The tables of one tier, by table key. */
export interface TierTables {
  readonly tier: string;
  readonly reader: TableReader;
  readonly tables: ReadonlyMap<number, InputTable>;
}

/**
 * Finds the tables of a tier after its path format (`ch{}/hit`). Throws a StageError when none fits.
 * @param option that says the path formats of tiers, for error texts
 */
export async function tierTables(
  tier: string,
  reader: TableReader,
  format: string,
  stage: string,
  option: string,
): Promise<TierTables> {
  const found = await reader.tables(1);
  const tables = new Map<number, InputTable>();
  for (const table of found) {
    const key = keyIn(table.path, format);
    if (key !== undefined) tables.set(key, table);
  }
  if (tables.size === 0) {
    const known = found.map(({ path }) => path).join(', ');
    throw new StageError(
      stage,
      `${option}.${tier}: no table of ${reader.name} fits ${format}; it has ${known}`,
    );
  }
  return { tier, reader, tables };
}

/** The number that stands for `{}` in a path; undefined when the path does not fit. */
export function keyIn(path: string, format: string): number | undefined {
  const [before = '', after = ''] = format.split('{}');
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const digits = path.slice(before.length, path.length - after.length);
  return /^\d{1,10}$/.test(digits) && Number(digits) < 2 ** 31 ? Number(digits) : undefined;
}
