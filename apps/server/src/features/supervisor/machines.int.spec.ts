import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { workspaceRoot } from '../../platform/config/workspace-root.js';
import { readCluster } from '../../platform/database/embedded/cluster.js';
import { copyCheckout, processesNaming } from '../../platform/testing/checkout-copy.js';
import { freePort } from '../../platform/testing/redis-server.js';
import { waitFor } from '../../platform/testing/wait-for.js';

/** The real script and the real programs on a copy of this checkout, on machines that are not a developer's. */

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const works = (...command: [string, ...string[]]): boolean =>
  spawnSync(command[0], command.slice(1), { stdio: 'ignore' }).status === 0;

const isRoot = process.getuid?.() === 0;
const idOf = (option: '-u' | '-g'): number =>
  Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout);
const asNobody = ['setpriv', `--reuid=${idOf('-u')}`, `--regid=${idOf('-g')}`, '--clear-groups'];
/** In front of a command, it makes an ordinary account run it; undefined when that cannot be had. */
const ordinary = isRoot ? (works('setpriv', ...asNobody.slice(1), 'true') ? asNobody : undefined) : [];
const canIsolate = works('unshare', '-n', 'ip', 'link', 'set', 'lo', 'up');
const isBuilt = existsSync(join(workspaceRoot, 'apps/web/.next/BUILD_ID'));

let base: string;
let checkout: string;
let dataFolder: string;

beforeAll(() => {
  if (!isBuilt) return;
  base = mkdtempSync(join(tmpdir(), 'countroom-machine-'));
  checkout = join(base, 'checkout');
  copyCheckout(checkout);
});
afterAll(() => {
  if (isBuilt) rmSync(base, { recursive: true, force: true });
});
afterEach(async () => {
  const folders = foldersOf(dataFolder);
  for (const pid of processesNaming(folders)) process.kill(pid, 'SIGKILL');
  await waitFor('everything to be gone', () => processesNaming(folders).length === 0);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The data folder, and where the database lies when its account cannot get there. */
function foldersOf(folder: string): string[] {
  const database = readCluster(folder)?.folder;
  return database === undefined ? [folder] : [folder, dirname(database)];
}

function start(command: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the account that runs the tests, not even a home folder.
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...settings },
  });
  const running = { pid: child.pid!, output: '', ended: undefined as Promise<Ended> | undefined };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (running.output += String(text)));
  running.ended = new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, output: running.output })),
  );
  return running;
}

const countroom = (...args: string[]): Promise<Ended> =>
  start([join(checkout, 'countroom'), ...args, '--data', dataFolder]).ended!;

async function page(path: string, port: number): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
}

function recordedFiles(): string[] {
  const files = readdirSync(join(dataFolder, 'files'), { recursive: true }).map(String);
  return files.filter((name) => name.endsWith('.lh5'));
}

describe.skipIf(!isBuilt)(
  isBuilt ? './countroom on a machine' : './countroom on a machine (skipped: run "./countroom build" before)',
  { timeout: 180_000 },
  () => {
    it.skipIf(!isRoot)(
      `of root, in a folder that nobody else may enter${isRoot ? '' : ' (skipped: needs root)'}`,
      async () => {
        chmodSync(base, 0o700);
        dataFolder = join(base, 'data');
        const port = await freePort();

        const up = await countroom('up', '--detach', '--port', String(port));
        expect(up, up.output).toMatchObject({ code: 0 });
        expect(up.output).toContain(`http://127.0.0.1:${port}/setup#token=`);
        expect(await page('/api/v1/health/ready', port)).toMatchObject({ status: 200 });
        expect(await page('/', port)).toMatchObject({
          status: 200,
          text: expect.stringContaining('<html') as string,
        });
        expect(await countroom('status')).toMatchObject({
          code: 0,
          output: expect.stringContaining(`is running at http://127.0.0.1:${port}`) as string,
        });
        expect(await countroom('up', '--port', '0')).toMatchObject({
          code: 1,
          output: expect.stringContaining('is running already') as string,
        });

        const folders = foldersOf(dataFolder);
        expect(processesNaming(folders).length).toBeGreaterThan(4);
        expect(await countroom('down')).toMatchObject({ code: 0 });
        expect(processesNaming(folders)).toEqual([]);
        expect(await countroom('status')).toMatchObject({ code: 1 });
      },
    );

    it.skipIf(ordinary === undefined)(
      `of an ordinary account that may not write to the checkout, until Ctrl-C in a run${
        ordinary === undefined ? ' (skipped: needs setpriv)' : ''
      }`,
      async () => {
        chmodSync(base, 0o755);
        dataFolder = join(base, 'ordinary');
        mkdirSync(dataFolder);
        if (isRoot) chownSync(dataFolder, idOf('-u'), idOf('-g'));
        const settings = { COUNTROOM_AUTH: 'off' };
        const script = [...ordinary!, join(checkout, 'countroom')];

        const up = start([...script, 'up', '--port', '0', '--data', dataFolder], settings);
        const ended = up.ended!;
        let code: number | null | undefined;
        void ended.then((end) => (code = end.code));
        await waitFor('the address', () => {
          if (code !== undefined) throw new Error(`It ended: ${up.output}`);
          return up.output.includes('Countroom runs at');
        });
        const run = (...args: string[]): Promise<Ended> =>
          start([...script, 'run', ...args, '--detector', 'demo', '--data', dataFolder], settings).ended!;
        expect(await run('start')).toMatchObject({ code: 0 });
        await waitFor('data', async () => /[1-9]\d* events recorded/.test((await run('status')).output));

        process.kill(-up.pid, 'SIGINT');
        expect(await ended).toMatchObject({ code: 0 });
        const said = ['closing runs', 'stopping workers', 'stopping the web page', 'stopping the database'];
        expect(said.map((line) => up.output.indexOf(line))).toEqual(
          said.map((line) => up.output.indexOf(line)).sort((a, b) => a - b),
        );
        expect(up.output.trimEnd()).toMatch(/stopping the database\nCountroom has stopped\.$/);
        expect(processesNaming(foldersOf(dataFolder))).toEqual([]);

        // What the run has written becomes a file at the next start.
        const again = await start(
          [...script, 'up', '--detach', '--port', '0', '--data', dataFolder],
          settings,
        ).ended!;
        expect(again, again.output).toMatchObject({ code: 0 });
        await waitFor("the run's file", () => recordedFiles().length === 1);
        expect(await run('status')).toMatchObject({ output: expect.stringContaining('no run') as string });
        expect(await countroom('down')).toMatchObject({ code: 0 });
      },
    );

    it.skipIf(!canIsolate)(
      `without any network${canIsolate ? '' : ' (skipped: needs root and unshare)'}`,
      async () => {
        chmodSync(base, 0o755);
        dataFolder = join(base, 'isolated');
        const script = `
          ip link set lo up
          test "$(ip -o link | wc -l)" = 1
          "$0" up --detach --port 0 --data "$1"
          for action in start status end; do "$0" run $action --detector demo --data "$1"; done
          timeout 60 sh -c 'until [ -n "$(find "$0/files" -name "*.lh5")" ]; do sleep 0.1; done' "$1"
          "$0" down --data "$1"`;
        const all = await start(
          ['unshare', '-n', 'sh', '-euc', script, join(checkout, 'countroom'), dataFolder],
          {
            COUNTROOM_AUTH: 'off',
          },
        ).ended!;
        expect(all, all.output).toMatchObject({ code: 0 });
        expect(all.output).toMatch(/run 1 is taking[^]*Run 1 completed[^]*Countroom has stopped\./);
        expect(recordedFiles()).toHaveLength(1);
        expect(processesNaming(foldersOf(dataFolder))).toEqual([]);
      },
    );
  },
);
