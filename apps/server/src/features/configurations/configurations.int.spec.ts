import type { ConfigurationInfo, ConfigurationVersion, Detector, DriverInfo } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../platform/http/testing/test-api.js';
import { DemoService } from '../demo/demo.service.js';

let api: TestApi;
let expert: Caller;
beforeAll(async () => {
  api = await startTestApi();
  expert = await api.signIn('expert', [{ role: 'administrator', detector: null }]);
});
afterAll(() => api.stop());

const get = (path: string): Promise<Answer> => api.call('GET', path, { as: expert });
const post = (path: string, body: unknown): Promise<Answer> => api.call('POST', path, { as: expert, body });
const source = (name: string, config: object = {}): object => ({
  name,
  driver: 'simulated-digitizer',
  config,
});

const seeded = (seed: number): object => ({ sources: [source('a', { seed })] });

describe('a fresh installation', () => {
  it('gets a detector to press Start on, once, also from several processes', async () => {
    await Promise.all([1, 2, 3].map(() => api.app.get(DemoService).seed()));
    const detectors = (await get('/detectors')).body as Detector[];
    expect(detectors.map((detector) => [detector.name, detector.kind])).toEqual([
      ['demo', 'live'],
      ['imported', 'files'],
    ]);
    const { id, version } = detectors[0]!.configuration!;
    expect(version).toBe(1);
    const [first] = (await get(`/configurations/${id}/versions`)).body as ConfigurationVersion[];
    const sources = first!.content['sources'] as {
      name: string;
      config: { channels: { channel: number }[] };
    }[];
    expect(sources.map(({ name, config }) => [name, config.channels.map(({ channel }) => channel)])).toEqual([
      ['det1', [0, 1]],
      ['det2', [2, 3]],
    ]);
    const names = ((await get('/configurations?kind=detector')).body as ConfigurationInfo[]).map(
      ({ name }) => name,
    );
    expect(names).toContain('oscilloscope');
    expect((await api.prisma.store.findMany()).map((store) => store.name)).toEqual(['data']);
    await api.app.get(DemoService).seed();
    expect(await api.prisma.configurationVersion.count({ where: { configurationId: id } })).toBe(1);
  });

  it('knows its drivers, with a schema to make a form from', async () => {
    const drivers = (await get('/drivers')).body as DriverInfo[];
    const digitizer = drivers.find((driver) => driver.kind === 'simulated-digitizer')!;
    expect(digitizer.configSchema).toMatchObject({ type: 'object' });
    expect(digitizer.signals.length).toBeGreaterThan(0);
    expect(digitizer.commands.length).toBeGreaterThan(0);
  });
});

describe('a configuration', () => {
  it('is a row of versions that are never changed; equal content gives the version that has it', async () => {
    const content = { sources: [source('a')] };
    const created = await post('/configurations', {
      kind: 'detector',
      name: 'night',
      detector: 'demo',
      content,
    });
    expect(created.status, JSON.stringify(created.body)).toBe(200);
    const { id, latestHash } = created.body as ConfigurationInfo;
    const path = `/configurations/${id}/versions`;
    const same = await post(path, {
      content: { sources: [{ config: {}, driver: 'simulated-digitizer', name: 'a' }] },
    });
    expect(same.body).toMatchObject({ version: 1, hash: latestHash, by: 'expert' });
    const changed = { content: { sources: [source('b')] }, comment: 'renamed', basedOn: 1 };
    expect((await post(path, changed)).body).toMatchObject({ version: 2, comment: 'renamed' });
    const late = await post(path, { content: { sources: [source('c')] }, basedOn: 1 });
    expect([late.status, late.body]).toMatchObject([409, { code: 'conflict.version' }]);
    expect(
      (await post('/configurations', { kind: 'detector', name: 'night', detector: 'demo', content })).status,
    ).toBe(409);
    await expect(api.prisma.configurationVersion.updateMany({ data: { author: 'x' } })).rejects.toThrow(
      /never/,
    );
  });

  it('gives two who change it at once two versions', async () => {
    const { body } = await post('/configurations', { kind: 'detector', name: 'race', content: seeded(0) });
    const path = `/configurations/${(body as ConfigurationInfo).id}/versions`;
    const answers = await Promise.all([1, 2, 3, 4].map((n) => post(path, { content: seeded(n) })));
    const versions = answers.map((answer) => (answer.body as ConfigurationVersion).version);
    expect(versions.sort()).toEqual([2, 3, 4, 5]);
  });

  it('is refused with every fault and its place', async () => {
    const sources = [
      source('a', { noiseAdc: -1, unheardOf: true }),
      { name: 'a', driver: 'nothing-like-it', config: {} },
    ];
    const answer = await post('/configurations', { kind: 'detector', name: 'bad', content: { sources } });
    expect(answer.status).toBe(422);
    const { issues } = answer.body as { issues: { path: string }[] };
    expect(issues.map((issue) => issue.path)).toEqual([
      'content.sources.0.config.noiseAdc',
      'content.sources.0.config',
      'content.sources.1.name',
      'content.sources.1.driver',
    ]);
  });

  it('becomes active for its own detector only', async () => {
    await post('/detectors', { name: 'second', kind: 'live', configuration: { sources: [source('x')] } });
    const list = (await get('/configurations?kind=detector&detector=second')).body as ConfigurationInfo[];
    const version = list.find((configuration) => configuration.detector === 'second')!.latestVersionId;
    const patch = (detector: string): Promise<Answer> =>
      api.call('PATCH', `/detectors/${detector}`, { as: expert, body: { configurationVersionId: version } });
    expect((await patch('second')).status).toBe(200);
    expect((await patch('demo')).status).toBe(422);
  });

  it('has a schema for its form, by kind', async () => {
    for (const kind of ['detector', 'daq_to_raw', 'raw_to_dsp', 'dsp_to_hit'])
      expect((await get(`/configuration-schemas/${kind}`)).body).toMatchObject({ type: 'object' });
  });
});
