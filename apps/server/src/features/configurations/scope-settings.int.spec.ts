import {
  maxSettingsLength,
  type ScopeImport,
  type ScopePreview,
  type SettingsSet,
} from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../platform/http/testing/test-api.js';

let api: TestApi;
let viewer: Caller;
beforeAll(async () => {
  api = await startTestApi();
  viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
});
afterAll(() => api.stop());

const preview = (config: object): Promise<Answer> =>
  api.call('POST', '/configuration-previews/picoscope', { as: viewer, body: { config } });
const load = (text: string, more: object = {}): Promise<Answer> =>
  api.call('POST', '/configuration-imports/picoscope', {
    as: viewer,
    body: { file: 'scope.yaml', text, ...more },
  });

describe('settings of a PicoScope', () => {
  it('are answered with what the device makes of them, and every finding', async () => {
    const channels = [
      { name: 'A', rangeV: 0.15 },
      { name: 'B', rangeV: 900 },
    ];
    const answer = await preview({ channels, recordS: 16e-6, samples: 3500 });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { values, findings } = answer.body as ScopePreview;
    const resolved = Object.fromEntries(values.map((value) => [value.title, value.resolved]));
    expect(resolved).toMatchObject({
      'Samples per record': 4000,
      'Range of A (half span)': 0.2,
      'Range of B (half span)': null,
    });
    expect(findings).toMatchObject([{ place: 'channels.1.rangeV', severity: 'error', nearest: 20 }]);
    const shapeless = (await preview({ channels: 'none', recordS: 'long' })).body as ScopePreview;
    expect(shapeless.findings.map(({ place }) => place)).toEqual(['channels', 'recordS']);
  });

  it('are taken from a file of an older program, with what became of every key', async () => {
    const text = 'picoChannels: [A]\nChanRanges: [0.5]\nsampleTime: 16.E-6 # s\nunheardOf: 1\ntrgTO: 90000\n';
    const answer = await load(text, { program: 'picocosmo' });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { config, lines, findings } = answer.body as ScopeImport;
    expect(config).toMatchObject({ recordS: 16e-6, channels: [{ name: 'A', rangeV: 0.5 }] });
    const outcomes = Object.fromEntries(lines.map(({ key, outcome }) => [key, outcome]));
    expect(outcomes).toMatchObject({ ChanRanges: 'taken', unheardOf: 'ignored', Nsamples: 'missing' });
    expect(findings).toMatchObject([{ place: 'trigger.timeoutMs', nearest: 32_767 }]);
    expect((await preview(config)).body).toMatchObject({ findings });
  });

  it('come with all that a run needs out of a whole set, as one configuration that can be stored', async () => {
    const files = [
      { name: 'run.daq', text: 'DeviceFile: PS.yaml\nBMfile: BM.yaml\nPFfile: PF.yaml\n' },
      { name: 'PS.yaml', text: 'picoChannels: [A]\nChanRanges: [0.5]\nsampleTime: 16.E-6\ntrgThr: -0.04\n' },
      { name: 'BM.yaml', text: 'NBuffers: 64\n' },
      { name: 'PF.yaml', text: 'pulseShape: [{pheight: -0.03}]\nlogFile: null\n' },
    ];
    const load = (body: object) => api.call('POST', '/configuration-imports/set', { as: viewer, body });
    const answer = await load({ files });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { content, parts } = answer.body as SettingsSet;
    expect(parts.flatMap(({ findings }) => findings)).toEqual([]);
    const expert = await api.signIn('expert', [{ role: 'expert', detector: null }]);
    const stored = await api.call('POST', '/configurations', {
      as: expert,
      body: { kind: 'detector', name: 'cosmo', content },
    });
    expect(stored.status, JSON.stringify(stored.body)).toBeLessThan(300);
    const missing = await load({ files: files.slice(0, 3) });
    expect(missing.status).toBe(422);
    expect(JSON.stringify(missing.body)).toMatch(/run\.daq names PF\.yaml/);
  });

  it('are refused when there are none in the file, or too much, with the way out', async () => {
    const message = async (answer: Promise<Answer>): Promise<string> => {
      const { status, body } = await answer;
      expect([400, 422]).toContain(status);
      return JSON.stringify(body);
    };
    expect(await message(load('a: [1, 2'))).toMatch(/scope\.yaml cannot be read as YAML.*line 1/);
    expect(await message(load('a: &x [*x]'))).toMatch(/refer to themselves/);
    expect(await message(load('DeviceFile: ps.yaml'))).toMatch(/take ps\.yaml instead/);
    expect(await message(load('#'.repeat(maxSettingsLength + 1)))).toMatch(/text/);
    expect(await message(preview({ serial: 'x'.repeat(maxSettingsLength) }))).toMatch(/more than 65536/);
  });
});
