import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  complete,
  createApiClient,
  createLiveClient,
  createOperator,
  type Frame,
  type LiveClient,
  type Operator,
  type OperatorEvent,
} from '@countroom/client';
import type { BatonStatus, CommandInfo, DetectorStatus } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiTokenPrefix, hashSecret, newSecret } from '../../platform/auth/secrets.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { type Caller, startTestApi, type TestApi } from '../../platform/http/testing/test-api.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { DetectorFixture, temporaryFolder } from '../acquisition/testing/detector-fixture.js';

let api: TestApi;
let fixture: DetectorFixture;
let child: ChildProcess;
let ada: Caller;
let bob: Caller;
let eve: Caller;

async function startBoth(): Promise<{ api: TestApi; fixture: DetectorFixture }> {
  const folder = temporaryFolder();
  const started = await startTestApi({ COUNTROOM_DATA: folder, COUNTROOM_BUS_FOLDER: join(folder, 'bus') });
  return { api: started, fixture: new DetectorFixture(started.app.get(AppConfig).databaseUrl!, folder) };
}

beforeAll(async () => {
  ({ api, fixture } = await startBoth());
  await fixture.create();
  await fixture.prisma.baton.updateMany({ data: { token: 0n, holderName: null } });
  ada = await api.signIn('ada', [{ role: 'shifter', detector: 'demo' }]);
  bob = await api.signIn('bob', [{ role: 'shifter', detector: null }]);
  eve = await api.signIn('eve', [{ role: 'viewer', detector: null }]);
});
afterAll(async () => {
  await fixture.close();
  await api.stop();
});

const baton = async (action: string, as: Caller, body: object = {}) =>
  api.call('POST', `/detectors/demo/baton/${action}`, { as, body });
const command = async (name: string, as: Caller, body: object = {}) =>
  api.call('POST', '/detectors/demo/commands', {
    as,
    body: { command: name, idempotencyKey: `key-${Math.random()}`, ...body },
  });
const status = async (as: Caller): Promise<DetectorStatus> =>
  (await api.call('GET', '/detectors/demo/status', { as })).body as DetectorStatus;
const operatorFor = (caller: Caller): Operator => {
  const send: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(caller.headers)) headers.set(name, value);
    return fetch(url, { ...init, headers });
  };
  return createOperator({ api: createApiClient({ baseUrl: api.origin, fetch: send }), detector: 'demo' });
};

describe('without an acquisition process', () => {
  it('says that the detector is unreachable and accepts nothing that would begin something', async () => {
    const shown = await status(eve);
    expect(shown).toMatchObject({ health: 'unreachable', state: 'STOP', goal: { state: 'STOP' }, at: null });
    expect(shown.commands.find((one) => one.command === 'start')).toMatchObject({ allowed: false });
    const refused = await command('start', ada);
    expect(refused).toMatchObject({ status: 503, body: { code: 'acquisition.unreachable' } });
    expect((await status(ada)).baton.holder).toBeNull();
  });
});

describe('the baton', () => {
  it('is taken, guarded, taken over with a reason, handed over and laid down', async () => {
    expect((await baton('take', ada, { note: 'day shift' })).body).toMatchObject({
      holder: { name: 'ada' },
      mine: true,
      note: 'day shift',
    });
    const held = await baton('take', bob);
    expect(held).toMatchObject({
      status: 409,
      body: { code: 'conflict.baton', message: expect.stringMatching(/ada.*day shift/) as string },
    });
    expect((await baton('take', bob, { takeOver: true })).status).toBe(400);
    const before = BigInt((await status(ada)).baton.token);
    const over = (await baton('take', bob, { takeOver: true, reason: 'ada is asleep' })).body as BatonStatus;
    expect(BigInt(over.token)).toBe(before + 1n);
    expect((await baton('release', ada)).status).toBe(409);
    expect((await baton('hand-over', bob, { to: 'eve' })).body).toMatchObject({ code: 'input.invalid' });
    expect((await baton('hand-over', bob, { to: 'nobody' })).status).toBe(404);
    expect((await baton('hand-over', bob, { to: 'ada' })).body).toMatchObject({
      holder: { name: 'ada' },
      mine: false,
    });
    expect((await baton('release', ada)).body).toMatchObject({ holder: null });
    expect((await baton('take', eve)).status).toBe(403);
    const log = await api.prisma.logEntry.findMany({ where: { text: { contains: 'baton' } } });
    expect(log.map((line) => line.text)).toContain('bob took the baton over from ada: ada is asleep');
    const audit = await api.prisma.auditEntry.findFirst({
      where: { action: 'baton.take', actor: 'bob', outcome: 'done' },
    });
    expect(JSON.stringify([audit?.before, audit?.after])).toMatch(/ada.*bob/);
  });

  it('runs out when nobody uses it', async () => {
    await baton('take', ada);
    await api.prisma.baton.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await status(bob)).baton.holder).toBeNull();
    expect((await baton('take', bob)).body).toMatchObject({ holder: { name: 'bob' } });
    await baton('release', bob);
  });
});

describe('with an acquisition process', () => {
  beforeAll(async () => {
    child = await fixture.start();
    await waitFor('the api to know', async () => (await status(eve)).health === 'ok');
  });

  it('a run goes from start to a file, each call answered by an acknowledgement first', async () => {
    const operator = operatorFor(ada);
    const seen: OperatorEvent[] = [];
    const started = await complete(operator.start({ tags: ['shift'], limits: {} }), (event) =>
      seen.push(event),
    );
    expect(seen[0]).toMatchObject({ kind: 'acknowledged', sequence: 0 });
    expect(started).toMatchObject({ kind: 'completed', result: { run: 1 } });
    expect(await status(ada)).toMatchObject({
      state: 'RUN',
      goal: { state: 'RUN', by: 'ada' },
      baton: { mine: true },
    });
    const inRun = await status(bob);
    expect(inRun.commands.find((one) => one.command === 'start')).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/already/) as string,
    });
    expect(await command('begin', ada)).toMatchObject({ status: 409, body: { code: 'conflict.state' } });
    expect(await command('end', bob)).toMatchObject({ status: 409, body: { code: 'conflict.baton' } });
    await complete(operator.pause());
    await complete(operator.resume());
    const ended = await complete(operator.endRun({ reason: 'enough' }));
    expect(ended.result).toMatchObject({ run: 1, outcome: 'completed' });
    expect((await fixture.packedRun(1)).reason).toBe('ended by ada: enough');
  });

  it('the same command sent twice takes effect once; its key is good for nothing else', async () => {
    const key = 'the-same-key';
    const answers = await Promise.all(
      [1, 2, 3].map(async () => command('prepare', ada, { idempotencyKey: key })),
    );
    expect(new Set(answers.map(({ body }) => (body as CommandInfo).id)).size).toBe(1);
    expect(await command('end', ada, { idempotencyKey: key })).toMatchObject({
      status: 409,
      body: { code: 'conflict.exists' },
    });
    const { id } = answers[0]!.body as CommandInfo;
    await fixture.outcomeOf(id);
    const info = (await api.call('GET', `/detectors/demo/commands/${id}`, { as: eve })).body as CommandInfo;
    expect(info.events.map((event) => event.kind).at(0)).toBe('acknowledged');
    expect(info.events.at(-1)?.kind).toBe('completed');
    const { goal } = await status(ada);
    expect(await command('begin', ada, { expectedVersion: goal.version - 1 })).toMatchObject({
      status: 409,
      body: { code: 'conflict.version' },
    });
    await complete(operatorFor(ada).endRun());
  });

  it('goes on without any api', async () => {
    await complete(operatorFor(ada).start({ limits: { events: 300 } }));
    await api.app.close();
    const run = await fixture.packedRun(2);
    expect(run).toMatchObject({ outcome: 'completed', reason: 'limit of 300 events reached' });
    await fixture.stop(child);
  });
});

describe('live', () => {
  let live: LiveClient;
  let running: TestApi;
  let caller: Caller;
  let other: DetectorFixture;

  beforeAll(async () => {
    ({ api: running, fixture: other } = await startBoth());
    await other.create();
    await other.start();
    caller = await running.signIn('ada', [{ role: 'viewer', detector: 'demo' }]);
    const token = `${apiTokenPrefix}${newSecret()}`;
    await running.prisma.apiToken.create({
      data: {
        name: 'viewer',
        secretHash: hashSecret(token),
        userId: caller.userId,
        grants: [{ role: 'viewer', detector: 'demo' }],
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    live = createLiveClient({ baseUrl: running.origin, token });
  });
  afterAll(async () => {
    live.close();
    await other.close();
    await running.stop();
  });

  it('shows states, rates, waveforms and a growing spectrum to who may see them', async () => {
    const states: string[] = [];
    const waveforms: Frame<'detector.waveforms'>[] = [];
    const spectra: Frame<'detector.spectrum'>[] = [];
    const rates: number[] = [];
    const lines: string[] = [];
    const refused: string[] = [];
    live.subscribe('detector.status', { detector: 'demo' }, ({ header }) => void states.push(header.state));
    live.subscribe('detector.rates', { detector: 'demo' }, ({ header }) => void rates.push(header.totalHz));
    live.subscribe('detector.waveforms', { detector: 'demo' }, (frame) => void waveforms.push(frame));
    live.subscribe('detector.spectrum', { detector: 'demo' }, (frame) => void spectra.push(frame));
    live.subscribe('detector.log', { detector: 'demo' }, ({ header }) => void lines.push(header.text));
    live.subscribe(
      'detector.status',
      { detector: 'secret' },
      () => undefined,
      (message) => refused.push(message),
    );
    await waitFor('the first status', () => states.length > 0);
    await other.done('start');
    await waitFor(
      'frames of every kind',
      () =>
        waveforms.length > 3 &&
        spectra.length > 3 &&
        rates.some((rate) => rate > 100) &&
        states.includes('RUN'),
    );
    const [frame] = waveforms.slice(-1);
    const [shape] = frame!.header.waveforms;
    expect(shape).toMatchObject({ samples: 256, decimated: false, unit: 'adc', dtNs: 16 });
    const values = new Float32Array(frame!.payload, shape!.offset * 4, shape!.length);
    expect(Math.max(...values)).toBeGreaterThan(9000);
    expect(spectra[0]!.header.full).toBe(true);
    expect(spectra.some(({ header }) => !header.full)).toBe(true);
    expect(Date.now() + live.clockOffsetMs() - frame!.dataAtMs).toBeLessThan(5000);
    const late: Frame<'detector.spectrum'>[] = [];
    live.subscribe('detector.spectrum', { detector: 'demo' }, (one) => void late.push(one));
    await waitFor('the spectrum for a viewer that came later', () => late.length > 1);
    expect(late[0]!.header.full).toBe(true);
    await waitFor('the log', () => lines.some((line) => /begun/.test(line)));
    expect(refused[0]).toMatch(/secret/);
    await other.done('end');
    await waitFor('the end to be seen', () => states.at(-1) === 'STOP');
  });

  it('shows a detector whose process was killed in a run as unreachable; the goal stays', async () => {
    const shown: DetectorStatus[] = [];
    live.subscribe('detector.status', { detector: 'demo' }, ({ header }) => void shown.push(header));
    await other.done('start');
    await other.kill(other.children.at(-1)!);
    await waitFor('unreachable', () => shown.at(-1)?.health === 'unreachable');
    expect(shown.at(-1)).toMatchObject({ state: 'RUN', goal: { state: 'RUN' } });
    expect(
      shown
        .at(-1)!
        .commands.filter((one) => one.allowed)
        .map((one) => one.command),
    ).toEqual(['end', 'abort']);
    await other.start();
    await waitFor('back again', () => shown.at(-1)?.health === 'ok' && shown.at(-1)?.state === 'STOP');
    expect((await other.packedRun(2)).outcome).toBe('interrupted');
  });

  it('lets nobody in who is nobody, and puts out whose token is revoked', async () => {
    const reasons: string[] = [];
    const stranger = createLiveClient({ baseUrl: running.origin });
    stranger.onConnection(({ state, reason }) => {
      if (state === 'refused') reasons.push(reason);
    });
    await waitFor('the refusal', () => reasons.length > 0);
    expect(reasons[0]).toMatch(/Log in/);
    stranger.close();
    const ended: string[] = [];
    live.onConnection(({ state, reason }) => {
      if (state === 'refused') ended.push(reason);
    });
    await running.prisma.apiToken.updateMany({ data: { revokedAt: new Date() } });
    const { id } = await running.prisma.apiToken.findFirstOrThrow();
    await running.prisma.$executeRaw`SELECT pg_notify('sessions', ${id})`;
    await waitFor('the end of the session', () => ended.length > 0);
  });
});
