/**
 * Makes the Prisma client from prisma/schema.prisma when it is missing or older than the schema.
 * The schema engine binary is not needed for that, so it is never downloaded: its place is taken by `true`.
 *
 *   node tools/migrate/generate.mjs [--force]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root, schemaFile, sha256 } from './schema-files.mjs';

const output = join(root, 'apps/server/src/generated/prisma');
const stampFile = join(output, '.schema.sha256');
const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json');
const prisma = JSON.parse(readFileSync(prismaPackage, 'utf8'));
const stamp = sha256(prisma.version, readFileSync(schemaFile, 'utf8'));

const fresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
if (!fresh || process.argv.includes('--force')) {
  rmSync(output, { recursive: true, force: true });
  const command = join(dirname(prismaPackage), prisma.bin.prisma);
  const result = spawnSync(process.execPath, [command, 'generate', '--schema', schemaFile, '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      DO_NOT_TRACK: '1',
    },
  });
  if (result.status !== 0) {
    process.stderr.write(
      `The Prisma client could not be made from ${schemaFile}:\n${result.stdout}${result.stderr}\n`,
    );
    process.exit(1);
  }
  mkdirSync(output, { recursive: true });
  writeFileSync(stampFile, stamp);
  process.stdout.write('Prisma client made.\n');
}
