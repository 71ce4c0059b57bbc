import { join } from 'node:path';
import { checkFacts, type Fact, factQuery } from '@countroom/events';
import { StageError } from '@countroom/pipeline';
import type { SkimFiles } from '../skim/skim-runs.js';
import { filePattern, stage } from './file-pattern.js';
import { type Production, type ProductionRow, tiersOfProduction } from './production.js';
import { tierFolder } from './scan-production.js';

/**
 * Rows that a query lets pass, all without one. It compares fields, `has.<tier>` (whether there is a file) and
 * `size.<tier>` (bytes), as in `(period == "p03") & has.hit`. Throws a StageError for a query that cannot be read.
 */
export function chooseRows({ config, rows }: Production, query?: string): ProductionRow[] {
  if (query === undefined) return [...rows];
  const tiers = tiersOfProduction(config);
  const things = rows.map((row) => {
    const facts = new Map<string, Fact>(Object.entries(row.fields));
    for (const tier of tiers) {
      facts.set(`has.${tier}`, row.files[tier] !== undefined);
      if (row.files[tier] !== undefined) facts.set(`size.${tier}`, row.files[tier].size);
    }
    return { row, facts };
  });
  try {
    const wanted = factQuery(query);
    checkFacts(
      wanted.facts.filter((path) => !tiers.some((tier) => path === `size.${tier}`)),
      things,
      'file',
    );
    return things.filter((thing) => wanted.fits(thing)).map(({ row }) => row);
  } catch (cause) {
    throw new StageError(stage, cause instanceof Error ? cause.message : String(cause), [], cause);
  }
}

/**
 * The chosen files as runs of a query over tiers, their fields as facts (`run.period`). Throws a StageError for a row
 * that does not have one of the tiers.
 */
export function filesOfRows(
  { config }: Production,
  rows: readonly ProductionRow[],
  tiers: readonly string[],
): SkimFiles[] {
  return rows.map(({ fields, files }, index) => ({
    files: Object.fromEntries(
      tiers.map((tier) => {
        const file = files[tier];
        if (file !== undefined) return [tier, join(tierFolder(config, tier), file.path)];
        const name = Object.values(files)[0]?.path ?? JSON.stringify(fields);
        throw new StageError(stage, `${name} has no file of tier ${tier}; choose with has.${tier}`);
      }),
    ),
    facts: { index, ...fields },
  }));
}

/** Name of the table of a key in the files of a tier. Throws a StageError for tiers whose tables have no names. */
export function tableName({ config }: Production, tier: string, key: string | number): string {
  const format = config.table_format[tier];
  if (format === undefined) {
    const known = Object.keys(config.table_format).join(', ') || 'none';
    throw new StageError(stage, `table_format.${tier} is missing; there are ${known}`);
  }
  const pattern = filePattern(format, `table_format.${tier}`);
  const [field] = pattern.fields;
  return field === undefined ? format : pattern.fill({ [field]: key })!;
}

/** Columns of a table of a row, in the tiers that have it; none where nobody has looked into the files. */
export function tableColumns(
  { columnLists }: Production,
  row: ProductionRow,
  key: string | number,
): string[] {
  const lists = Object.values(row.tables ?? {}).flatMap(({ keys, columns }) => {
    const place = columns[keys.indexOf(key)];
    return place === undefined ? [] : columnLists[place]!;
  });
  return [...new Set(lists)];
}
