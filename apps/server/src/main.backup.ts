import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackup } from './features/backup/make-backup.js';
import { restoreBackup } from './features/backup/restore-backup.js';
import { withDatabase, withStoppedDatabase } from './features/backup/with-database.js';
import { complain, tell } from './features/supervisor/console.js';
import { loadConfig } from './platform/config/load-config.js';
import { workspaceRoot } from './platform/config/workspace-root.js';

const usage = 'Usage: main.backup.js backup|restore FOLDER [--force] [--data DIR] [--json]';

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      force: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [command, folder] = positionals;
  if (folder === undefined || positionals.length !== 2 || (command !== 'backup' && command !== 'restore')) {
    complain(usage);
    return 2;
  }
  const config = loadConfig(values.data === undefined ? {} : { COUNTROOM_DATA: resolve(values.data) });
  const manifest =
    command === 'backup'
      ? await withDatabase(config, (databaseUrl) =>
          makeBackup({ databaseUrl, folder, version: version(), replace: values.force }),
        )
      : await withStoppedDatabase(config, (databaseUrl) =>
          restoreBackup({ databaseUrl, folder, replace: values.force }),
        );
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const facts = { folder: resolve(folder), madeAt: manifest.madeAt, tables: manifest.tables.length, rows };
  if (values.json) tell(JSON.stringify(facts));
  else
    tell(
      `${command === 'backup' ? 'Backed up' : 'Restored'} ${rows} rows of ${facts.tables} tables: ${facts.folder}`,
    );
  if (command === 'backup' && !values.json)
    tell('Data files are not in it; copy the folder files/ of the data folder as well.');
  return 0;
}

function version(): string {
  return (JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as { version: string })
    .version;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(error instanceof TypeError ? 2 : 1);
  },
);
