import type { BenchInfo } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../platform/http/testing/test-api.js';

let api: TestApi;
let shifter: Caller;
let student: Caller;
beforeAll(async () => {
  api = await startTestApi();
  await api.prisma.detector.create({ data: { name: 'demo', kind: 'live' } });
  await api.prisma.detector.create({ data: { name: 'other', kind: 'live' } });
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: 'demo' }]);
  student = await api.signIn('student', [{ role: 'viewer', detector: null }]);
});
afterAll(() => api.stop());

const panels = [
  { id: 'oscilloscope', kind: 'oscilloscope', width: 6 },
  { id: 'xy-2', kind: 'xy', width: 3 },
];
const content = { panels, settings: { 'oscilloscope.mode': 'average' } };
const save = (as: Caller, body: object, detector = 'demo'): Promise<Answer> =>
  api.call('POST', `/detectors/${detector}/benches`, { as, body });
const namesOf = async (as: Caller): Promise<[string, boolean][]> => {
  const { body } = await api.call('GET', '/detectors/demo/benches', { as });
  return (body as BenchInfo[]).map(({ name, shared }) => [name, shared]);
};

describe('benches', () => {
  it('are kept for a person, or shared by a shifter', async () => {
    const own = await save(student, { name: ' Muons ', content });
    expect(own.body).toMatchObject({ name: 'Muons', shared: false, by: 'student', content });
    expect((await save(student, { name: 'Muons', shared: true, content })).status).toBe(403);
    expect((await save(shifter, { name: 'Muons', shared: true, content })).status).toBe(200);
    expect((await save(shifter, { name: 'Muons', shared: true, content }, 'other')).status).toBe(403);
    expect(await namesOf(student)).toEqual([
      ['Muons', true],
      ['Muons', false],
    ]);
    expect(await namesOf(shifter)).toEqual([['Muons', true]]);
  });

  it('are saved over under the same name, and refused when a panel is there twice', async () => {
    const less = { panels: panels.slice(1), settings: {} };
    const { body } = await save(student, { name: 'Muons', content: less });
    expect((body as BenchInfo).content).toEqual(less);
    expect(await namesOf(student)).toHaveLength(2);
    const twice = { panels: [panels[0], panels[0]] };
    expect((await save(student, { name: 'Twice', content: twice })).status).toBe(400);
  });

  it('are removed by whom they belong to', async () => {
    const { body } = await api.call('GET', '/detectors/demo/benches', { as: student });
    const [shared, own] = body as BenchInfo[];
    const remove = (as: Caller, id: string): Promise<Answer> =>
      api.call('DELETE', `/detectors/demo/benches/${id}`, { as });
    expect((await remove(student, shared!.id)).status).toBe(403);
    expect((await remove(shifter, own!.id)).status).toBe(404);
    expect((await remove(student, own!.id)).status).toBeLessThan(300);
    expect((await remove(shifter, shared!.id)).status).toBeLessThan(300);
    expect(await namesOf(student)).toEqual([]);
  });
});
