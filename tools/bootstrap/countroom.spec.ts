import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../countroom', import.meta.url));

let base: string;
let root: string;

/** A checkout in a folder with a blank, whose programs only tell that they ran. */
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'countroom-script-'));
  root = join(base, 'a checkout');
  const tell = (name: string): string =>
    `require('node:fs').appendFileSync(${JSON.stringify(join(base, 'calls'))}, ['${name}', ...process.argv.slice(2)].join(' ') + '\\n');`;
  write('countroom', readFileSync(script, 'utf8'));
  chmodSync(join(root, 'countroom'), 0o755);
  write('package.json', '{"version": "1"}');
  write('package-lock.json', '{}');
  write('tsconfig.json', '{}');
  write('tools/tsconfig/base.json', '{}');
  write('prisma/schema.prisma', '');
  write('packages/a/src/index.ts', '');
  write('apps/server/dist/main.supervisor.js', '');
  write('apps/web/.next/BUILD_ID', '');
  write(
    'tools/bootstrap/install.mjs',
    `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${tell('install')}`,
  );
  write(
    'tools/bootstrap/build.mjs',
    `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${tell('build')}`,
  );
  write('apps/cli/dist/main.js', `${tell('cli')} process.exit(7);`);
  write('.cache/installed.json', '{}');
  for (const part of ['code', 'web']) {
    write(`.cache/built-${part}.json`, '{"version": "1"}');
    touch(`.cache/built-${part}.json`, 60);
  }
});
afterEach(() => rmSync(base, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function touch(path: string, secondsFromNow: number): void {
  const time = new Date(Date.now() + secondsFromNow * 1000);
  utimesSync(join(root, path), time, time);
}

function run(
  argv: string[],
  options: { path?: string; file?: string } = {},
): { status: number | null; stderr: string; calls: string[] } {
  const { status, stderr } = spawnSync(options.file ?? join(root, 'countroom'), argv, {
    cwd: base,
    encoding: 'utf8',
    env: { ...process.env, PATH: options.path ?? process.env['PATH'] },
  });
  const calls = join(base, 'calls');
  return { status, stderr, calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
}

/** A PATH with the tools the script needs and a Node of this version (or none). */
function pathWithNode(version: string | undefined): string {
  const bin = join(base, 'bin');
  mkdirSync(bin);
  for (const tool of ['sh', 'dirname', 'readlink', 'cmp', 'find']) {
    symlinkSync(spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), join(bin, tool));
  }
  if (version !== undefined) {
    writeFileSync(join(bin, 'node'), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(bin, 'node'), 0o755);
  }
  return bin;
}

describe('./countroom', { timeout: 60_000 }, () => {
  it('hands arguments and exit code through when nothing is to do, from any folder', () => {
    expect(run(['lh5', 'ls', 'a b.lh5'])).toMatchObject({
      status: 7,
      stderr: '',
      calls: ['cli lh5 ls a b.lh5'],
    });
  });

  it('can be started through a link', () => {
    const link = join(base, 'link');
    symlinkSync(join(root, 'countroom'), link);
    expect(run(['status'], { file: link }).calls).toEqual(['cli status']);
  });

  it.each([undefined, 'v18.20.4', 'v20.18.3'])('says what is needed when Node is %s', (version) => {
    const { status, stderr, calls } = run(['up'], { path: pathWithNode(version) });
    expect(status).toBe(1);
    expect(stderr).toContain('Countroom needs Node 20.19 or newer');
    expect(calls).toEqual([]);
  });

  it('installs when the lock file is another', () => {
    write('package-lock.json', '{"changed": true}');
    expect(run(['status']).calls).toEqual(['install', 'cli status']);
  });

  it.each([
    ['a source changed', () => touch('packages/a/src/index.ts', 120)],
    ['the database schema changed', () => touch('prisma/schema.prisma', 120)],
    ['an entry is gone', () => rmSync(join(root, 'apps/server/dist/main.supervisor.js'))],
    ['it is another version', () => write('package.json', '{"version": "2"}')],
  ])('builds the code when %s', (_, change) => {
    change();
    expect(run(['status']).calls).toEqual(['build code', 'cli status']);
  });

  it('does not build for what a build makes', () => {
    cpSync(join(root, 'packages/a/src'), join(root, 'packages/a/dist'), { recursive: true });
    touch('packages/a/dist/index.ts', 120);
    touch('apps/web/.next/BUILD_ID', 120);
    expect(run(['status']).calls).toEqual(['cli status']);
  });

  it('builds the dashboard for what serves it', () => {
    rmSync(join(root, 'apps/web/.next'), { recursive: true });
    expect(run(['status']).calls).toEqual(['cli status']);
    expect(run(['up']).calls).toEqual(['cli status', 'build web', 'cli up']);
  });

  it('ends after "build"', () => {
    touch('packages/a/src/index.ts', 120);
    expect(run(['build'])).toMatchObject({ status: 0, calls: ['build web'] });
  });
});
