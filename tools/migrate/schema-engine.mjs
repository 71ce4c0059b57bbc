/* global WebAssembly */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readSchema, schemaFile } from './schema-files.mjs';

/** On construction the engine asks one question, the server's version; nothing else is ever sent. */
const refuse = async () => {
  throw new Error('Migrations are written without a database.');
};
const offlineConnection = {
  provider: 'postgres',
  adapterName: 'offline',
  queryRaw: async ({ sql }) => {
    if (!sql.includes('server_version_num')) throw new Error(`No database here to answer: ${sql}`);
    return {
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 18.4', 180004]],
    };
  },
  executeRaw: refuse,
  executeScript: refuse,
  startTransaction: refuse,
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  dispose: async () => {},
};
const offline = {
  provider: 'postgres',
  adapterName: 'offline',
  connect: async () => offlineConnection,
  connectToShadowDb: async () => offlineConnection,
};

/** SQL that leads from one schema to the other ('' when they are the same). Opens no connection. */
export async function diffSchemas(before, after) {
  const resolved = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = new WebAssembly.Module(readFileSync(join(dirname(resolved), 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const adapter = bindMigrationAwareSqlAdapterFactory(offline);
  const datamodels = readSchema(schemaFile).map(({ path, content }) => [path, content]);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter);
  const { stdout } = await engine.diff({
    from: before.length === 0 ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: before },
    to: { tag: 'schemaDatamodel', files: after },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  const script = (stdout ?? '').trim();
  return /^-- This is an empty migration\.?$/.test(script) ? '' : script;
}
