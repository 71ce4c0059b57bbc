import type { RunSummary } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../platform/http/testing/test-api.js';
import { LogRepository } from '../log/log.repository.js';
import type { RunSort } from './run-order.js';
import { type RunsFilter, RunsListRepository } from './runs-list.repository.js';

const runs = 50_000;
let api: TestApi;
let shifter: Caller;
const detectors: Record<string, string> = {};

beforeAll(async () => {
  api = await startTestApi();
  for (const name of ['alpha', 'beta', 'gamma']) {
    detectors[name] = (await api.prisma.detector.create({ data: { name, kind: 'live' } })).id;
  }
  // Many share a start, a number and a duration: only the id tells them apart.
  await api.prisma.$executeRaw`
    INSERT INTO run (id, detector_id, number, origin, mode, by, started_at, ended_at, outcome, quality, tags, comment,
                     recorded, reason)
    SELECT gen_random_uuid(),
           CASE n % 100 WHEN 0 THEN ${detectors['gamma']}::uuid WHEN 1 THEN ${detectors['beta']}::uuid ELSE ${detectors['alpha']}::uuid END,
           n, 'live', CASE WHEN n % 200 = 0 THEN 'calibration' ELSE 'physics' END,
           CASE WHEN n % 500 = 0 THEN 'grace' ELSE 'ada' END,
           timestamptz '2026-01-01 00:00:00.123456Z' + (n / 3) * interval '61.000001 seconds',
           CASE WHEN n > ${runs - 5} THEN NULL
                ELSE timestamptz '2026-01-01 00:00:00.123456Z' + (n / 3) * interval '61.000001 seconds' + (n % 7) * interval '1.3 seconds' END,
           CASE WHEN n > ${runs - 5} THEN NULL WHEN n % 250 = 0 THEN 'failed' ELSE 'completed' END,
           CASE WHEN n % 300 = 0 THEN 'bad' ELSE 'unset' END,
           CASE WHEN n % 400 = 0 THEN ARRAY['th228', 'night shift'] ELSE ARRAY[]::text[] END,
           CASE WHEN n % 450 = 0 THEN 'leakage-current rose' ELSE '' END,
           n % 1000, ''
    FROM generate_series(1, ${runs}) AS n`;
  await api.prisma.$executeRaw`ANALYZE run`;
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
});
afterAll(() => api.stop());

interface RunsPage {
  items: RunSummary[];
  next: string | null;
  total: number | null;
}
async function list(query: string): Promise<RunsPage> {
  const answer: Answer = await api.call('GET', `/runs?${query}`, { as: shifter });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as RunsPage;
}

const nothing: RunsFilter = {
  detectorIds: undefined,
  outcome: undefined,
  quality: undefined,
  tag: undefined,
  sort: 'started',
  order: 'desc',
};

describe('the list of runs', () => {
  const filters: [string, () => Partial<RunsFilter>][] = [
    ['nothing', () => ({})],
    ['a detector', () => ({ detectorIds: [detectors['gamma']!] })],
    ['two detectors', () => ({ detectorIds: [detectors['gamma']!, detectors['beta']!] })],
    ['an outcome', () => ({ outcome: ['failed'] })],
    ['a quality', () => ({ quality: ['bad'] })],
    ['a tag', () => ({ tag: ['th228'] })],
    ['a mode', () => ({ mode: 'calibration' })],
    ['a person', () => ({ by: 'grace' })],
    ['words', () => ({ text: 'leak curr' })],
    ['a number', () => ({ number: 7 })],
    ['what is running', () => ({ running: true })],
    ['a time', () => ({ startedAfter: '2026-01-03T00:00:00Z', startedBefore: '2026-01-03T01:00:00Z' })],
  ];
  const orders: RunSort[] = ['started', 'number', 'recorded', 'duration'];

  it.each(filters)('reads an index when filtered by %s, in every order', async (_, filter) => {
    for (const sort of orders) {
      for (const order of ['asc', 'desc'] as const) {
        const query = { ...nothing, ...filter(), sort, order };
        const plan = await api.app.get(RunsListRepository).explain(query, undefined, 51);
        expect(plan, `${sort} ${order}`).not.toContain('Seq Scan');
      }
    }
  });

  it.each(orders)('begins a page by %s at its place in the index', async (sort) => {
    const lists = api.app.get(RunsListRepository);
    for (const order of ['asc', 'desc'] as const) {
      const query = { ...nothing, sort, order };
      const place = (await lists.find(query, undefined, 100)).at(-1)!;
      const plan = await lists.explain(query, place, 51);
      expect(plan).toMatch(/Index (Only )?Scan/);
      expect(plan, plan).toMatch(/Index Cond: .*ROW\(/);
      expect(plan).not.toContain('Sort');
    }
  });

  it.each(orders.flatMap((sort) => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
    'by %s %s neither skips nor repeats a row over its pages',
    async (sort, order) => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const page = await list(`detector=gamma&detector=beta&limit=170&sort=${sort}&order=${order}${more}`);
        seen.push(...page.items.map((run) => run.id));
        cursor = page.next;
      }
      const ids = Object.values(detectors).slice(1);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(await api.prisma.run.count({ where: { detectorId: { in: ids } } }));
    },
  );

  it('finds runs that are added and changed between two pages once', async () => {
    const first = await list('limit=20');
    const { detectorId } = await api.prisma.run.findUniqueOrThrow({ where: { id: first.items[0]!.id } });
    const added = {
      detectorId,
      number: 900_001,
      origin: 'live',
      by: 'ada',
      startedAt: new Date('2027-01-01'),
    };
    await api.prisma.run.create({ data: added });
    const second = await list(`limit=20&cursor=${first.next ?? ''}`);
    const ids = [...first.items, ...second.items].map((run) => run.id);
    expect(new Set(ids).size).toBe(40);
    await api.prisma.run.deleteMany({ where: { number: 900_001 } });
  });

  it('filters as asked, and counts what can be counted quickly', async () => {
    expect(await list('limit=1')).toMatchObject({ total: null });
    const tagged = await list('tag=th228&tag=night%20shift&limit=500');
    expect(tagged.total).toBe(runs / 400);
    expect(tagged.items.every((run) => run.tags.includes('night shift'))).toBe(true);
    expect((await list('text=leakage%20CURRENT')).total).toBe(Math.floor(runs / 450));
    expect((await list("text=th228'%20%26%20!('")).total).toBe(runs / 400);
    expect((await list('running=true')).total).toBe(5);
    expect((await list('outcome=failed&quality=bad&by=grace&mode=calibration')).total).toBe(
      await api.prisma.run.count({
        where: { outcome: 'failed', quality: 'bad', by: 'grace', mode: 'calibration' },
      }),
    );
    const [only] = (await list('detector=alpha&number=7')).items;
    expect(only).toMatchObject({ detector: 'alpha', number: 7, counters: { recorded: '0' } });
  });

  it('refuses a cursor of another order, and a made-up one', async () => {
    const { next } = await list('sort=recorded&limit=1');
    for (const query of [
      `sort=number&cursor=${next ?? ''}`,
      `order=asc&sort=recorded&cursor=${next ?? ''}`,
      'cursor=abc',
    ]) {
      expect((await api.call('GET', `/runs?${query}`, { as: shifter })).status).toBe(400);
    }
    const forged = Buffer.from(
      JSON.stringify({ sort: 'started', order: 'desc', value: "x'; DROP TABLE run", id: detectors['alpha'] }),
    ).toString('base64url');
    expect((await api.call('GET', `/runs?cursor=${forged}`, { as: shifter })).status).toBe(400);
    expect((await api.call('GET', '/runs?detector=nowhere', { as: shifter })).status).toBe(404);
  });
});

describe('a run', () => {
  it('shows all facts, its tags and comment change, and who did it is known', async () => {
    const detail = await api.call('GET', '/runs/alpha/7', { as: shifter });
    expect(detail.body).toMatchObject({ number: 7, datasets: [], jobs: [], configuration: null, limits: {} });
    const body = { tags: ['b', 'a', 'b'], comment: 'looked at', quality: 'good' };
    const changed = await api.call('PATCH', '/runs/alpha/7', { as: shifter, body });
    expect(changed.body).toMatchObject({ tags: ['a', 'b'], comment: 'looked at', quality: 'good' });
    const audit = await api.prisma.auditEntry.findFirstOrThrow({ where: { action: 'runs.update' } });
    expect(audit).toMatchObject({
      target: 'run alpha/7',
      before: { tags: [], comment: '', quality: 'unset' },
      after: { tags: ['a', 'b'], comment: 'looked at', quality: 'good' },
    });
    expect((await api.call('GET', '/runs/alpha/1000000', { as: shifter })).status).toBe(404);
  });

  it('is changed together with others, each keeping its own tags', async () => {
    const rows = await api.prisma.run.findMany({ where: { number: { in: [7, 400, 800] } } });
    const body = {
      ids: rows.map((row) => row.id),
      addTags: ['checked'],
      removeTags: ['night shift'],
      quality: 'check',
    };
    expect((await api.call('POST', '/runs/bulk', { as: shifter, body })).body).toEqual({
      changed: 3,
      kept: 0,
      keptRuns: [],
    });
    const tags = await api.prisma.run.findMany({
      where: { number: { in: [7, 400] } },
      orderBy: { number: 'asc' },
    });
    expect(tags.map((row) => [row.tags, row.quality, row.comment])).toEqual([
      [['a', 'b', 'checked'], 'check', 'looked at'],
      [['checked', 'th228'], 'check', ''],
    ]);
    const used = (await api.call('GET', '/run-tags', { as: shifter })).body;
    expect(used).toEqual(
      expect.arrayContaining([
        { tag: 'checked', runs: 3 },
        { tag: 'th228', runs: runs / 400 },
      ]),
    );
  });

  it('is taken back only where nobody has changed it since', async () => {
    const rows = await api.prisma.run.findMany({
      where: { number: { in: [7, 400] } },
      orderBy: { number: 'asc' },
    });
    await api.prisma.run.update({ where: { id: rows[0]!.id }, data: { quality: 'bad' } });
    const body = {
      ids: rows.map((row) => row.id),
      removeTags: ['checked'],
      quality: 'unset',
      comment: 'none',
      expected: { quality: 'check', comment: 'looked at' },
    };
    const answer = await api.call('POST', '/runs/bulk', { as: shifter, body });
    expect(answer.body).toMatchObject({ changed: 2, kept: 2 });
    const after = await api.prisma.run.findMany({
      where: { number: { in: [7, 400] } },
      orderBy: { number: 'asc' },
    });
    expect(after.map((row) => [row.tags, row.quality, row.comment])).toEqual([
      [['a', 'b'], 'bad', 'none'],
      [['th228'], 'unset', ''],
    ]);
  });

  it('is changed together only with those of detectors that one may change', async () => {
    const local = await api.signIn('local', [{ role: 'shifter', detector: 'beta' }]);
    const [beta, gamma] = await Promise.all(
      ['beta', 'gamma'].map((name) => api.prisma.run.findFirstOrThrow({ where: { detector: { name } } })),
    );
    const change = (ids: string[]): Promise<Answer> =>
      api.call('POST', '/runs/bulk', { as: local, body: { ids, quality: 'good' } });
    const refused = await change([beta!.id, gamma!.id]);
    expect(refused.status).toBe(403);
    expect(JSON.stringify(refused.body)).toContain('runs are of gamma, for which local');
    expect((await change([beta!.id])).body).toMatchObject({ changed: 1, kept: 0, keptRuns: [] });
    const viewer = await api.signIn('looking', [{ role: 'viewer', detector: null }]);
    const body = { ids: [beta!.id], quality: 'good' };
    expect((await api.call('POST', '/runs/bulk', { as: viewer, body })).status).toBe(403);
    expect(
      await api.prisma.run.count({ where: { id: { in: [beta!.id, gamma!.id] }, quality: 'good' } }),
    ).toBe(1);
  });

  it('has an unknown number of events as long as nobody has counted them', async () => {
    const detectorId = detectors['gamma']!;
    const unknown = { detectorId, number: 900_002, origin: 'imported', by: 'ada', recorded: null };
    const { id } = await api.prisma.run.create({ data: unknown });
    const [run] = (await list('number=900002')).items;
    expect(run).toMatchObject({ recorded: null });
    const ascending = await list('detector=gamma&sort=recorded&order=asc&limit=2');
    expect(ascending.items[0]?.id).toBe(id);
    const next = await list(`detector=gamma&sort=recorded&order=asc&limit=2&cursor=${ascending.next ?? ''}`);
    expect(next.items.map((one) => one.recorded)).toEqual(['0', '0']);
    await api.prisma.run.delete({ where: { id } });
  });

  it('can be carried away as one folder of readable text', async () => {
    const url = `${api.origin}/api/v1/runs/alpha/9/export`;
    const answer = await fetch(url, { headers: shifter.headers });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=alpha-9_260101-0003.zip');
    const archive = Buffer.from(await answer.arrayBuffer());
    expect(archive.toString('latin1', 0, 2)).toBe('PK');
    for (const name of ['README.txt', 'run.yaml', 'run.log', 'datasets.yaml', 'SHA256SUMS'])
      expect(archive.includes(`alpha-9_260101-0003/${name}`), name).toBe(true);
    const stranger = await api.signIn('elsewhere', [{ role: 'viewer', detector: 'beta' }]);
    expect((await fetch(url, { headers: stranger.headers })).status).toBe(403);
    const missing = await fetch(url.replace('/9/', '/900000/'), { headers: shifter.headers });
    expect(missing.status).toBe(404);
  });

  it('has a log that people and the system write to, in pages, newest first', async () => {
    const write = (text: string): Promise<Answer> =>
      api.call('POST', '/runs/alpha/7/log', { as: shifter, body: { text } });
    for (const text of ['one', 'two', 'three: HV-trip']) expect((await write(text)).status).toBe(200);
    const first = await api.call('GET', '/runs/alpha/7/log?limit=2', { as: shifter });
    const { items, next } = first.body as { items: { text: string; author: string }[]; next: string };
    expect(items.map((entry) => [entry.text, entry.author])).toEqual([
      ['three: HV-trip', 'shifter'],
      ['two', 'shifter'],
    ]);
    const rest = await api.call('GET', `/runs/alpha/7/log?limit=2&cursor=${next}`, { as: shifter });
    expect(rest.body).toMatchObject({ items: [{ text: 'one', run: 7, detector: 'alpha' }], next: null });
    expect((await api.call('GET', '/log?detector=alpha&text=hv', { as: shifter })).body).toMatchObject({
      items: [{ text: 'three: HV-trip' }],
    });
    const missed = await api.app.get(LogRepository).listAfter(detectors['alpha']!, 0n, 2);
    expect(missed.map((row) => row.text)).toEqual(['one', 'two']);
  });
});
