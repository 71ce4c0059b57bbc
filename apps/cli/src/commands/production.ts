import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  chooseRows,
  readProduction,
  scanProduction,
  scanTables,
  tiersOfProduction,
  writeProduction,
} from '@countroom/stages';
import { ProgressBar } from '../terminal/progress-bar.js';
import { report } from '../terminal/report.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { textTable } from '../terminal/text-table.js';
import { UsageError } from '../terminal/usage-error.js';
import type { ListArguments, ScanArguments } from './production.command.js';

/** Finds the files and writes the list. */
export async function scanFiles(file: string, options: ScanArguments): Promise<void> {
  const { out, folder = [], columns = false, conform = false } = options;
  if (existsSync(out) && options.overwrite !== true)
    throw new UsageError(`${out} exists already; give --overwrite to replace it, or another --out`);
  const config = await readStructuredFile(file);
  const found = await scanProduction({
    config,
    home: resolve(dirname(file)),
    folders: folder,
    environment: process.env,
  });
  const bar = new ProgressBar('production');
  const onProgress = (done: number, total: number): void => bar.update(done, total, 'files');
  const list = columns || conform ? await scanTables(found, { conform, onProgress }) : found;
  bar.end();
  await writeProduction(out, list);
  const { rows, columnLists } = list;
  report(
    { ok: true, output: out, files: rows.length, columnLists: columnLists.length },
    `${out}: ${rows.length} files of ${tiersOfProduction(list.config)[0] ?? ''} and what belongs to them`,
    options,
  );
}

/** Shows the files that a query lets pass. */
export async function listFiles(lists: readonly string[], options: ListArguments): Promise<void> {
  const found = await readProduction(lists);
  const rows = chooseRows(found, options.where);
  const tiers = tiersOfProduction(found.config);
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))];
  const lines = rows.map((row) => [
    ...fields.map((field) => String(row.fields[field] ?? '')),
    ...tiers.map((tier) => (row.files[tier] === undefined ? '-' : String(row.files[tier].size))),
    tiers.map((tier) => row.tables?.[tier]?.keys.length ?? '').join(' '),
  ]);
  const text = rows.length === 0 ? 'no files' : textTable([...fields, ...tiers, 'tables'], lines);
  report({ ok: true, rows, columnLists: found.columnLists }, text, options);
}
