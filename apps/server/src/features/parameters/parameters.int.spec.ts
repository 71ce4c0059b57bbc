import type {
  ParameterSetInfo,
  ParameterStep,
  ParameterVersion,
  ResolvedParameters,
  ValidityFolder,
} from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../platform/http/testing/test-api.js';

let api: TestApi;
let expert: Caller;
let shifter: Caller;
beforeAll(async () => {
  api = await startTestApi();
  expert = await api.signIn('ada', [{ role: 'expert', detector: null }]);
  const lab = await api.prisma.detector.create({ data: { name: 'lab', kind: 'files' } });
  await api.prisma.detector.create({ data: { name: 'other', kind: 'files' } });
  shifter = await api.signIn('sam', [{ role: 'shifter', detector: 'lab' }]);
  for (const [number, day] of [
    [1, '01'],
    [2, '10'],
  ] as const) {
    const startedAt = new Date(`2026-03-${day}T00:00:00Z`);
    await api.prisma.run.create({
      data: { detectorId: lab.id, number, origin: 'live', by: 'test', startedAt },
    });
  }
});
afterAll(() => api.stop());

const get = (path: string): Promise<Answer> => api.call('GET', path, { as: expert });
const post = (path: string, body: unknown, as = expert): Promise<Answer> =>
  api.call('POST', path, { as, body });

const tau = (value: string): object => ({ ch1: { pz: { tau: value } } });

async function propose(body: object, as = expert): Promise<ParameterVersion> {
  const answer = await post('/parameters', { detector: 'lab', set: 'dsp', ...body }, as);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as ParameterVersion;
}

async function approve(version: ParameterVersion): Promise<ParameterVersion> {
  const answer = await post(`/parameter-versions/${version.id}/approve`, { note: 'looks right' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as ParameterVersion;
}

async function resolved(query: string): Promise<ResolvedParameters> {
  const answer = await get(`/parameters?set=dsp&${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as ResolvedParameters;
}

describe('values', () => {
  it('hold when they are approved, from their moment on, and once however often they are given', async () => {
    const first = await propose(
      { content: tau('180*us'), validFrom: '2026-03-01T00:00:00Z', note: 'from the data sheet' },
      shifter,
    );
    expect(first).toMatchObject({ version: 1, status: 'proposed', by: 'sam', note: 'from the data sheet' });
    expect((await resolved('detector=lab&run=2')).values).toEqual({});
    expect(await approve(first)).toMatchObject({ status: 'approved', decidedBy: 'ada' });
    const again = await propose({ content: tau('180*us'), validFrom: '2026-03-01T00:00:00.000Z' });
    expect(again.id).toBe(first.id);
    await approve(await propose({ content: tau('175*us'), validFrom: '2026-03-05T00:00:00Z' }));
    const [one, two] = [
      await resolved('detector=lab&run=1'),
      await resolved('detector=lab&run=2&channel=ch1'),
    ];
    expect([one.values, two.values]).toEqual([tau('180*us'), { pz: { tau: '175*us' } }]);
    expect(two.versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(two.sources['pz.tau']).toMatchObject({ version: 2, setId: first.setId, detector: 'lab' });
    expect(one.sources).toEqual({});
    expect(one.hash).not.toBe(two.hash);
    expect((await resolved('detector=other&at=2026-03-20T00:00:00Z')).values).toEqual({});
  });

  it('of a detector lie over those for every detector', async () => {
    const body = {
      detector: null,
      content: { '*': { pz: { tau: '1*us' }, trap: 4 }, ch1: { pz: { tau: '2*us' } } },
    };
    const shared = await propose({ ...body, validFrom: '2026-01-01T00:00:00Z' });
    await approve(shared);
    const ch1 = await resolved('detector=lab&run=2&channel=ch1');
    expect(ch1.values).toEqual({ pz: { tau: '175*us' }, trap: 4 });
    expect(ch1.sources['trap']).toMatchObject({ id: shared.id, detector: null });
    expect(ch1.sources['pz.tau']).toMatchObject({ version: 2, detector: 'lab' });
    expect((await resolved('detector=lab&run=2&channel=ch9')).values).toEqual({
      pz: { tau: '1*us' },
      trap: 4,
    });
    expect((await resolved('detector=other&at=2026-03-20T00:00:00Z&channel=ch1')).values).toMatchObject({
      pz: { tau: '2*us' },
    });
  });

  it('can be looked back upon', async () => {
    // The channel's own value lies over it, although it comes later.
    await approve(
      await propose({ content: { 'ch*': { pz: { tau: '3*us' } } }, validFrom: '2026-03-06T00:00:00Z' }),
    );
    const answer = await get('/parameters/history?detector=lab&set=dsp&channel=ch1&path=pz.tau');
    const steps = answer.body as ParameterStep[];
    expect(steps.map(({ from, value }) => [from.slice(0, 10), value])).toEqual([
      ['2026-01-01', '2*us'],
      ['2026-03-01', '180*us'],
      ['2026-03-05', '175*us'],
    ]);
    expect(steps.map(({ version }) => version)).toEqual([1, 1, 2]);
    const [lab] = ((await get('/parameter-sets?detector=lab')).body as ParameterSetInfo[]).filter(
      ({ detector }) => detector === 'lab',
    );
    expect(lab).toMatchObject({ name: 'dsp', versions: 3, proposed: 0, channels: ['ch*', 'ch1'] });
  });

  it('are decided on once, by experts of the detector; what is approved stays', async () => {
    const draft = await propose({ content: tau('9*us'), validFrom: '2026-04-01T00:00:00Z' }, shifter);
    const path = `/parameter-versions/${draft.id}`;
    expect((await post(`${path}/approve`, { note: '' }, shifter)).status).toBe(403);
    expect((await post(`${path}/reject`, { note: 'a typo' })).body).toMatchObject({
      status: 'rejected',
      decisionNote: 'a typo',
    });
    const late = await post(`${path}/approve`, { note: '' });
    expect(late.status).toBe(409);
    expect(JSON.stringify(late.body)).toContain('rejected already, by ada');
    const foreign = await post(
      '/parameters',
      { detector: 'other', set: 'dsp', content: tau('1'), validFrom: '2026-04-01T00:00:00Z' },
      shifter,
    );
    expect(foreign.status).toBe(403);
    const entry = await api.prisma.auditEntry.findFirst({ where: { action: 'parameters.reject' } });
    expect(entry).toMatchObject({ actor: 'ada', target: 'parameters lab/dsp version 4', outcome: 'done' });
  });

  it('are taken back by a version that removes them', async () => {
    const wrong = await approve(
      await propose({ document: 'wrong', content: tau('0'), validFrom: '2026-05-01T00:00:00Z' }),
    );
    const at = 'detector=lab&at=2026-05-02T00:00:00Z&channel=ch1';
    expect((await resolved(at)).values).toMatchObject({ pz: { tau: '0' } });
    await approve(
      await propose({ mode: 'remove', targets: [wrong.document], validFrom: '2026-05-01T00:00:00Z' }),
    );
    expect((await resolved(at)).values).toMatchObject({ pz: { tau: '175*us' } });
  });

  it.each<[object, number, string]>([
    [{ content: { ch1: 3 } }, 422, 'content.ch1: must be an object'],
    [{ content: {} }, 422, 'there are no values'],
    [{ content: { 'ch[1': { x: 1 } } }, 422, 'content.ch[1: is no pattern: close what begins with ['],
    [{ mode: 'remove' }, 422, 'name the documents that remove takes away'],
    [{ mode: 'remove', targets: ['nothing'] }, 422, 'there is no document nothing to remove; there are'],
    [{ content: { ch1: {} }, validTo: '2026-01-01T00:00:00Z' }, 422, 'validTo: must be after'],
    [{ content: { ch1: {} }, firstRun: 3, lastRun: 2 }, 422, 'lastRun: must not be below'],
    [{ content: { ch1: {} }, set: 'No Name' }, 400, 'small letters'],
    [{ content: { ch1: {} }, detector: 'nowhere' }, 404, 'no detector nowhere'],
  ])('%j are refused', async (body, status, message) => {
    const answer = await post('/parameters', {
      detector: 'lab',
      set: 'dsp',
      validFrom: '2026-03-01T00:00:00Z',
      ...body,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(message);
  });
});

describe('validity files', () => {
  const validity = `
- valid_from: 20260101T000000Z
  apply: [r1.yaml]
- valid_from: 20260201T000000Z
  mode: replace
  apply: [r1.yaml, r2.yaml]
`;
  const documents = { 'r1.yaml': tau('1*us'), 'r2.yaml': tau('2*us') };

  it('are taken over whole, once, and given back', async () => {
    const body = { detector: 'other', set: 'par_dsp', validity, documents };
    expect((await post('/parameters/import', body)).body).toEqual({ added: 2, known: 0 });
    expect((await post('/parameters/import', body)).body).toEqual({ added: 0, known: 2 });
    const sets = (await get('/parameter-sets?detector=other')).body as ParameterSetInfo[];
    const { id } = sets.find(({ name }) => name === 'par_dsp')!;
    const folder = (await get(`/parameter-sets/${id}/export?format=jsonl`)).body as ValidityFolder;
    expect(folder.documents).toEqual(documents);
    const lines = folder.validity
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      { valid_from: '20260101T000000Z', mode: 'reset', apply: ['r1.yaml'] },
      { valid_from: '20260201T000000Z', mode: 'replace', apply: ['r1.yaml', 'r2.yaml'] },
    ]);
  });

  it('with a fault change nothing', async () => {
    const body = {
      detector: 'other',
      set: 'broken',
      validity: `${validity}- {valid_from: x, apply: a}`,
      documents,
    };
    const answer = await post('/parameters/import', body);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain('entry 3: valid_from is');
    expect(await api.prisma.parameterSet.count({ where: { name: 'broken' } })).toBe(0);
    expect((await post('/parameters/import', { ...body, validity }, shifter)).status).toBe(403);
  });
});
