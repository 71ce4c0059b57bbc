import { rmSync } from 'node:fs';
import { endpoints } from '@countroom/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { type Api, signIn } from './harness/api.js';
import { startRun } from './harness/arrange.js';
import { run } from './harness/command.js';
import { ControlRoom } from './harness/control-room.js';
import { System } from './harness/system.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';
import { newFolder } from './harness/workspace.js';

const bench = useBench();
const demo = { params: { detector: 'demo' } };

const durable = async (api: Api): Promise<number> =>
  Number((await api.call(endpoints.detectors.status, demo)).counters.durable);

/** One data folder through all that can happen to the programs that work on it. */
describe('a system on its data folder', () => {
  const dataFolder = newFolder('robust');
  const systems: System[] = [];
  afterAll(async () => {
    for (const system of systems) await system.down();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('runs in the background, says so, and is stopped from another terminal', async () => {
    const system = await System.startDetached(dataFolder);
    systems.push(system);
    expect(system.setupLink).toContain(system.address);

    // Acquisition is started last; the address does not wait for it.
    const status = await waitFor('all programs', async () => {
      const asked = await run(['status', '--data', dataFolder]);
      return asked.exitCode === 0 && asked;
    });
    expect(status.output).toContain(`Countroom is running at ${system.address}`);
    for (const name of ['api', 'worker-1', 'acquisition-demo']) {
      expect(status.output).toContain(`${name}: running`);
    }

    await system.down();
    const after = await run(['status', '--data', dataFolder]);
    expect(after.exitCode).toBe(1);
    expect(after.output).toContain('not running');
    await expect(fetch(system.address)).rejects.toThrow();
  });

  it('goes on with a run while the api is killed, and the page connects again by itself', async () => {
    const system = await System.start(dataFolder);
    systems.push(system);
    const api = await signIn(system);

    const second = await run(['up', '--port', '0', '--data', dataFolder]);
    expect(second.exitCode).toBe(1);
    expect(second.output).toContain('running already');
    expect(second.output).toContain(system.address);

    const number = await startRun(api);
    const watched = await bench.pageOf(system, api);
    watched.expectFaults(/ERR_CONNECTION|WebSocket connection|Failed to fetch|ERR_EMPTY_RESPONSE/);
    await watched.goto('/control-room', 'Control room');
    const room = new ControlRoom(watched.page);
    await room.waitForData(4);

    const acquisition = system.processOf('acquisition-demo');
    const before = await durable(api);
    process.kill(system.processOf('api')?.pid ?? -1, 'SIGKILL');
    await watched.page.getByText('No contact with the server since').waitFor();
    await watched.page.getByText('Connected again').waitFor();
    await room.waitForData(4);
    expect(system.processOf('api')?.restarts).toBe(1);
    expect(system.processOf('acquisition-demo')).toEqual(acquisition);
    const status = await api.call(endpoints.detectors.status, demo);
    expect(status).toMatchObject({ phase: 'taking', run: { number } });
    expect(Number(status.counters.durable)).toBeGreaterThan(before);
  });

  it('closes the run when it is interrupted, and shows it after the next start', async () => {
    const [, first] = systems;
    if (first === undefined) throw new Error('Nothing runs.');
    const api = await signIn(first);
    const before = await api.call(endpoints.detectors.status, demo);
    expect(before.phase).toBe('taking');

    expect(await first.interrupt()).toBe(0);
    expect(first.output).toContain('closing runs and stopping acquisition');
    expect(first.output.trimEnd()).toMatch(/Countroom has stopped\.$/);

    const again = await System.start(dataFolder);
    systems.push(again);
    expect(again.setupLink).toBeUndefined();
    const later = await signIn(again);
    const number = before.run?.number ?? -1;
    const closed = await waitFor('the raw file of the run', async () => {
      const found = await later.call(endpoints.runs.get, { params: { detector: 'demo', number } });
      return found.datasets.some((dataset) => dataset.dataKind === 'raw') && found;
    });
    expect(closed.endedAt).not.toBeNull();
    expect(closed.outcome).not.toBeNull();
    expect(closed.reason).not.toBe('');
    expect(closed.counters.durable).toBe(closed.counters.recorded);
    expect(Number(closed.counters.recorded)).toBeGreaterThanOrEqual(Number(before.counters.durable));

    const status = await later.call(endpoints.detectors.status, demo);
    expect(status.goal.state).not.toBe('RUN');
    const watched = await bench.pageOf(again, later);
    await watched.goto(`/runs/demo/${number}`, `Run demo ${number}`);
    await watched.page.getByText(closed.reason).first().waitFor();
  });
});
