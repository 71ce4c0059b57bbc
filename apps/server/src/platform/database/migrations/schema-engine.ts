import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

export type SchemaEngine = bindings.SchemaEngine;

/** What is used here of the global that the compiler's Node types leave out. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, object>) => { exports: Record<string, unknown> };
};

let instantiated = false;

function instantiate(): void {
  if (instantiated) return;
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = new WebAssembly.Module(readFileSync(join(dirname(script), 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  instantiated = true;
}

/** Sends a script as one simple query, which PostgreSQL runs as one transaction: a migration happens wholly or not at all. */
class WholeScriptPrismaPg extends PrismaPg {
  readonly adapters: { dispose(): Promise<void> }[] = [];
  /** The engine reports a failed script without the server's words. */
  scriptError: Error | undefined;

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    this.adapters.push(adapter);
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        this.scriptError = error as Error;
        throw error;
      }
    };
    return adapter;
  }
}

/** Runs `work` with Prisma's schema engine connected to a database. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiate();
  const factory = new WholeScriptPrismaPg({ connectionString: databaseUrl });
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } catch (error) {
    if (factory.scriptError === undefined) throw error;
    const name = /migration_name="([^"]+)"/.exec((error as Error).message)?.[1] ?? 'unknown';
    throw new Error(
      `Migration ${name} failed: ${factory.scriptError.message}. Nothing of it was kept; ` +
        'when its cause is removed, the next start tries it again.',
      { cause: factory.scriptError },
    );
  } finally {
    engine.free();
    await Promise.all(factory.adapters.map((adapter) => adapter.dispose()));
  }
}
