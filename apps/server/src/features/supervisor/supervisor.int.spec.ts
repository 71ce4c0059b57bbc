import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childEnvironment, parseConfig } from '../../platform/config/load-config.js';
import { runningDatabaseUrl } from '../../platform/database/embedded/embedded-postgres.js';
import { query } from '../../platform/testing/test-server.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { instanceStatus, stopInstance } from './instance-control.js';
import { killGroup } from './leftovers.js';
import { processStart } from './process-identity.js';

const fixture = fileURLToPath(
  new URL('../../../dist/platform/testing/supervisor.fixture.js', import.meta.url),
);

interface Running {
  readonly process: ChildProcess;
  output: string;
  exitCode: number | null | undefined;
}

let dataFolder: string;
const started: Running[] = [];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'countroom-up-'));
  // The database's account must get in, or root's tests would leave theirs outside.
  chmodSync(dataFolder, 0o755);
});

afterEach(async () => {
  for (const running of started.splice(0)) {
    if (running.exitCode === undefined) running.process.kill('SIGKILL');
    await waitFor('the supervisor to be gone', () => running.exitCode !== undefined);
  }
  for (const pid of pidsIn(events())) killGroup(pid, 'SIGKILL');
  const url = runningDatabaseUrl(dataFolder);
  if (url !== undefined) await stopServer();
  rmSync(dataFolder, { recursive: true, force: true });
  rmSync(socketFolder(), { recursive: true, force: true });
});

const socketFolder = (): string => parseConfig({ COUNTROOM_DATA: dataFolder }).bus.folder;

/** Starts the supervisor in a process group of its own, as a shell would. */
function up(mode = ''): Running {
  const child = spawn(process.execPath, [fixture, mode], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnvironment({ COUNTROOM_DATA: dataFolder, COUNTROOM_PORT: '0', DATABASE_URL: undefined }),
  });
  const running: Running = { process: child, output: '', exitCode: undefined };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (running.output += String(text)));
  child.once('exit', (code) => (running.exitCode = code));
  started.push(running);
  return running;
}

const isUp = (running: Running) =>
  waitFor('the supervisor to be up', () => {
    if (running.exitCode !== undefined) throw new Error(`It ended: ${running.output}`);
    return running.output.includes('Countroom runs at');
  });
const hasEnded = (running: Running) => waitFor('the supervisor to end', () => running.exitCode !== undefined);

function events(): string[] {
  const file = join(dataFolder, 'events');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

const pidsIn = (lines: string[]): number[] =>
  lines.flatMap((line) => /started (\d+)/.exec(line)?.[1] ?? []).map(Number);
const happenings = (): string[] => events().filter((line) => !line.includes('started'));
const factsOf = (name: string) => instanceStatus(dataFolder)?.processes.find((facts) => facts.name === name);

const onDatabase = (sql: string): Promise<Record<string, unknown>[]> =>
  query(runningDatabaseUrl(dataFolder)!, sql);

function postmasterPid(): number {
  const { folder } = JSON.parse(readFileSync(join(dataFolder, 'postgres.json'), 'utf8')) as {
    folder: string;
  };
  return Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10);
}

async function stopServer(): Promise<void> {
  const pid = postmasterPid();
  process.kill(pid, 'SIGQUIT');
  await waitFor('PostgreSQL to end', () => processStart(pid) === undefined);
}

async function addDetector(name: string): Promise<void> {
  await onDatabase(
    `INSERT INTO detector (id, name, kind) VALUES (gen_random_uuid(), '${name}', 'live'); NOTIFY detectors`,
  );
  await waitFor(`the acquisition of ${name}`, () => factsOf(`acquisition-${name}`)?.state === 'running');
}

describe('the supervisor', () => {
  it('starts everything, follows the detectors, and stops in order when the whole group is interrupted', async () => {
    const running = up();
    await isUp(running);
    await addDetector('demo');
    const postgres = postmasterPid();

    process.kill(-running.process.pid!, 'SIGINT');
    await hasEnded(running);
    expect(running.exitCode).toBe(0);
    // Each got SIGTERM from the supervisor alone, and could reach the database while it closed.
    expect(happenings()).toEqual([
      'acquisition-demo SIGTERM',
      'acquisition-demo closed',
      'worker-1 SIGTERM',
      'worker-1 closed',
      'api SIGTERM',
      'api closed',
    ]);
    expect(processStart(postgres)).toBeUndefined();
    expect(existsSync(socketFolder())).toBe(false);
    expect(instanceStatus(dataFolder)).toBeUndefined();
    expect(pidsIn(events()).filter((pid) => processStart(pid) !== undefined)).toEqual([]);
  });

  it('prints a set-up link as long as there is no user, and keeps its token out of the database and the log', async () => {
    const running = up();
    await isUp(running);
    const [, token = ''] = /\/setup#token=([\w-]{43})$/m.exec(running.output) ?? [];
    expect(token).not.toBe('');
    const rows = await onDatabase(
      "SELECT secret_hash, expires_at - now() BETWEEN '14 min' AND '15 min' AS fresh FROM setup_token",
    );
    expect(rows).toEqual([{ secret_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, fresh: true }]);
    expect(readFileSync(join(dataFolder, 'logs', 'supervisor.log'), 'utf8')).not.toContain(token);
    expect(await stopInstance(dataFolder)).toBe(true);
  });

  it('lets only one run on a data folder, and tells a second one where the first is', async () => {
    const first = up();
    await isUp(first);
    const second = up();
    await hasEnded(second);
    expect(second.exitCode).toBe(1);
    expect(second.output).toContain(`process ${first.process.pid}`);
    expect(second.output).toContain(instanceStatus(dataFolder)!.address!);
    expect(instanceStatus(dataFolder)).toMatchObject({ state: 'running', pid: first.process.pid });
  });

  it('starts again what is killed, at the same address, and leaves the others alone', async () => {
    await isUp(up());
    await addDetector('demo');
    const { address } = instanceStatus(dataFolder)!;
    const before = [factsOf('api')!, factsOf('acquisition-demo')!, factsOf('worker-1')!];
    process.kill(before[0]!.pid!, 'SIGKILL');
    await waitFor(
      'the api to be back',
      () => factsOf('api')?.restarts === 1 && factsOf('api')?.state === 'running',
    );
    expect(await (await fetch(address!)).text()).toBe('ok');
    expect([factsOf('acquisition-demo'), factsOf('worker-1')]).toEqual(before.slice(1));
  });

  it('notices a child that hangs, raises an alarm, and starts it anew when that lasts', async () => {
    await isUp(up());
    const { pid } = factsOf('worker-1')!;
    const alarms = () =>
      onDatabase(`SELECT subject, cleared_at IS NULL AS open FROM alarm WHERE code = 'process.hung'`);
    process.kill(pid!, 'SIGSTOP');
    await waitFor('the silence', () => factsOf('worker-1')?.state === 'silent');
    await waitFor('the alarm', async () => (await alarms()).length === 1);
    expect(await alarms()).toEqual([{ subject: `${hostname()}/worker-1`, open: true }]);
    await waitFor('another process', () => factsOf('worker-1')?.restarts === 1);
    await waitFor('it to run', () => factsOf('worker-1')?.state === 'running');
    expect(factsOf('worker-1')?.pid).not.toBe(pid);
    await waitFor('the alarm to be over', async () => (await alarms())[0]?.['open'] === false);
    expect(factsOf('api')).toMatchObject({ state: 'running', restarts: 0 });
  });

  it('leaves an acquisition alone that hangs in a run, and starts one anew that has nothing to do', async () => {
    await isUp(up());
    await addDetector('demo');
    await onDatabase(`INSERT INTO detector_goal (detector_id, state) SELECT id, 'RUN' FROM detector`);
    const { pid } = factsOf('acquisition-demo')!;
    process.kill(pid!, 'SIGSTOP');
    const log = () => readFileSync(join(dataFolder, 'logs', 'supervisor.log'), 'utf8');
    await waitFor('the word about it', () => log().includes('left alone for a person to decide'));
    expect(factsOf('acquisition-demo')).toMatchObject({ state: 'silent', pid, restarts: 0 });
    process.kill(pid!, 'SIGCONT');
    await waitFor('it to answer', () => factsOf('acquisition-demo')?.state === 'running');
    expect(log()).toContain('answers again');

    await onDatabase(`UPDATE detector_goal SET state = 'STOP'`);
    process.kill(pid!, 'SIGSTOP');
    await waitFor('another process', () => factsOf('acquisition-demo')?.restarts === 1);
    expect(log()).toContain('did not answer for');
  });

  it('starts PostgreSQL again on the same port', async () => {
    await isUp(up());
    const url = runningDatabaseUrl(dataFolder);
    const pid = postmasterPid();
    process.kill(pid, 'SIGKILL');
    await waitFor(
      'another PostgreSQL',
      () => runningDatabaseUrl(dataFolder) === url && postmasterPid() !== pid,
    );
    await waitFor('an answer', () => onDatabase('SELECT 1').catch(() => undefined));
  });

  it('stops the acquisition of a detector that is switched off', async () => {
    await isUp(up());
    await addDetector('demo');
    await onDatabase('UPDATE detector SET enabled = false; NOTIFY detectors');
    await waitFor(
      'the acquisition to be gone',
      () => factsOf('acquisition-demo') === undefined && happenings().length > 0,
    );
    expect(happenings()).toEqual(['acquisition-demo SIGTERM', 'acquisition-demo closed']);
  });

  it('lets its children close by themselves when it is killed, and comes back on what is left', async () => {
    const first = up();
    await isUp(first);
    await addDetector('demo');
    first.process.kill('SIGKILL');
    await hasEnded(first);
    expect(instanceStatus(dataFolder)?.state).toBe('lost');
    expect(existsSync(socketFolder())).toBe(true);
    const second = up();
    await isUp(second);
    expect(happenings().sort()).toEqual(['acquisition-demo closed', 'api closed', 'worker-1 closed']);
    await waitFor('acquisition', () => factsOf('acquisition-demo')?.state === 'running');
    expect(await stopInstance(dataFolder)).toBe(true);
    await hasEnded(second);
    expect(second.exitCode).toBe(0);
    expect(existsSync(socketFolder())).toBe(false);
  });

  it('says why the start failed, and leaves nothing running', async () => {
    const running = up('fail');
    await hasEnded(running);
    expect(running.exitCode).toBe(1);
    expect(running.output).toContain('api did not start: the cable is not plugged in');
    expect(runningDatabaseUrl(dataFolder)).toBeUndefined();
    expect(instanceStatus(dataFolder)).toBeUndefined();
  });

  it('names the log of a program that ended without a word', async () => {
    const running = up('exit');
    await hasEnded(running);
    expect(running.output).toContain(`api did not start: exit code 3; see ${dataFolder}/logs/api.log`);
  });

  it('can be interrupted while it starts', async () => {
    const running = up('never-ready');
    for (const name of ['api', 'worker-1'])
      await waitFor(name, () => events().some((line) => line.startsWith(`${name} started`)));
    running.process.kill('SIGINT');
    await hasEnded(running);
    expect(running.exitCode).toBe(0);
    expect(running.output).not.toContain('Countroom runs at');
    expect(runningDatabaseUrl(dataFolder)).toBeUndefined();
    expect(pidsIn(events()).filter((pid) => processStart(pid) !== undefined)).toEqual([]);
  });
});
