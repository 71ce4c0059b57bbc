import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropConsumerCommand } from '@countroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { DetectorFixture, simulatedDetector } from './testing/detector-fixture.js';
import { rowsOf } from './testing/raw-file.js';

let database: TestDatabase;
let fixture: DetectorFixture;
let modules: string;

beforeEach(async () => {
  database = await createTestDatabase();
  fixture = new DetectorFixture(database.url);
  modules = join(fixture.folder, 'modules');
  mkdirSync(modules);
});
afterEach(async () => {
  await fixture.close();
  await database.drop();
});

function detector(...consumers: object[]) {
  const { sources } = simulatedDetector();
  return simulatedDetector({ sources: sources.slice(0, 1), consumers: consumers as never });
}

const logTexts = async (): Promise<string> =>
  (await fixture.prisma.logEntry.findMany({ orderBy: { id: 'asc' } })).map(({ text }) => text).join('\n');

describe('consumers in a run', () => {
  it('see every event, write their lines and keep what they choose; one that throws leaves the run alone', async () => {
    writeFileSync(
      join(modules, 'numbers.mjs'),
      `export function createConsumer(context) {
         const file = context.lines('numbers.txt');
         return { event(event) { file.write(String(event.number)); return event.number % 2n === 0n; } };
       }`,
    );
    writeFileSync(
      join(modules, 'faulty.mjs'),
      `export default () => ({ event() { throw new Error('user mistake'); } });`,
    );
    const single = { input: 'left', events: 'single', kind: 'module' };
    await fixture.create(
      detector(
        { ...single, name: 'numbers', module: 'numbers.mjs', keep: true },
        { ...single, name: 'faulty', module: 'faulty.mjs', restarts: 1 },
      ),
    );
    await fixture.start({ COUNTROOM_CONSUMERS: modules });
    await fixture.done('start');
    await fixture.reportWhere('data', ({ counters }) => BigInt(counters.recorded) > 100n);
    await waitFor('the faulty one is given up', async () =>
      (await logTexts()).includes('given up after 1 restart'),
    );
    const file = await waitFor('the growing file among the data sets', async () =>
      (await fixture.run(1))?.datasets.find(({ dataKind }) => dataKind === 'results'),
    );
    expect(file).toMatchObject({ format: 'text', checksum: null });
    await fixture.done('end');
    const run = await fixture.packedRun(1);
    expect(run.outcome).toBe('completed');
    const folder = join(fixture.storeFolder, 'analysis/demo', run.id);
    const numbers = readFileSync(join(folder, 'numbers/numbers.txt'), 'utf8').trim().split('\n').map(BigInt);
    expect(numbers.map(String)).toEqual(
      Array.from({ length: Number(run.recorded) }, (_, i) => String(i + 1)).sort(
        (a, b) => numbers.indexOf(BigInt(a)) - numbers.indexOf(BigInt(b)),
      ),
    );
    const kept = join(folder, 'numbers/numbers.lh5');
    const rows = Object.values(await rowsOf(kept)).reduce((sum, count) => sum + count, 0);
    expect(rows).toBe(numbers.filter((number) => number % 2n === 0n).length);
    expect(run.dataKinds.sort()).toEqual(['kept', 'raw', 'results']);
    const made = run.datasets.slice(1);
    const text = readFileSync(join(folder, 'numbers/numbers.txt'));
    expect(made.find(({ dataKind }) => dataKind === 'results')).toMatchObject({
      id: file.id,
      path: `analysis/demo/${run.id}/numbers/numbers.txt`,
      bytes: BigInt(text.length),
      checksum: createHash('sha256').update(text).digest('hex'),
      lineage: {
        stage: 'consumer',
        options: { consumer: 'numbers', file: 'numbers.txt', configurationHash: run.configurationHash },
        inputs: [run.datasets[0]!.lineage],
      },
    });
    expect(made.find(({ dataKind }) => dataKind === 'kept')).toMatchObject({
      format: 'lh5',
      rows: BigInt(rows),
      checksum: createHash('sha256').update(readFileSync(kept)).digest('hex'),
    });
    await waitFor('the segments of what was kept are gone', () =>
      Promise.resolve(readdirSync(join(folder, 'numbers')).every((name) => /\.(txt|lh5)$/.test(name))),
    );
    expect(await logTexts()).toMatch(
      /consumer faulty: user mistake; \d+ records \(\d+ rows\) did not reach it, 1 not finished/,
    );
  });

  it('a configuration that cannot be used is refused before a run begins, with all that is wrong', async () => {
    await fixture.create(
      detector(
        { name: 'a', input: 'left', kind: 'module', module: '../outside.mjs' },
        { name: 'b', input: 'nowhere', kind: 'pulse-filter' },
      ),
    );
    await fixture.start({ COUNTROOM_CONSUMERS: modules });
    const refused = await fixture.done('start');
    expect(refused.kind).toBe('failed');
    expect(refused.message).toContain('consumer a: module ../outside.mjs cannot be used');
    expect(refused.message).toContain(
      'consumer b: its input nowhere is neither the source left nor a consumer',
    );
    expect(refused.message).toContain('pulseShape');
  });

  it('one that holds the device up can be dropped by a person; the run goes on', async () => {
    writeFileSync(
      join(modules, 'waits.mjs'),
      `export default () => ({ event: () => new Promise(() => setInterval(() => 0, 1000)) });`,
    );
    await fixture.create(
      detector({
        name: 'waits',
        input: 'left',
        events: 'single',
        kind: 'module',
        module: 'waits.mjs',
        deadlineSeconds: 600,
        onFailure: 'stop-run',
      }),
    );
    await fixture.start({ COUNTROOM_CONSUMERS: modules });
    await fixture.done('start');
    await fixture.reportWhere('data', ({ counters }) => BigInt(counters.recorded) > 10n);
    const drop = async (consumer: string) =>
      fixture.outcomeOf(await fixture.sourceCommand('left', dropConsumerCommand, { consumer }));
    expect(await drop('nobody')).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/known are: waits/) as string,
    });
    expect(await drop('waits')).toMatchObject({ kind: 'completed' });
    const before = BigInt((await fixture.report())?.counters.recorded ?? 0);
    await fixture.reportWhere('data after it', ({ counters }) => BigInt(counters.recorded) > before);
    await fixture.done('end');
    const run = await fixture.packedRun(1);
    expect(run).toMatchObject({ outcome: 'completed' });
    expect(await logTexts()).toMatch(
      /consumer waits: dropped by .*; \d+ records \(\d+ rows\) did not reach it/,
    );
  });

  it('one that must not fail ends the run in order', async () => {
    writeFileSync(join(modules, 'dies.mjs'), `export default () => ({ event() { process.exit(1); } });`);
    await fixture.create(
      detector({
        name: 'vital',
        input: 'left',
        events: 'single',
        kind: 'module',
        module: 'dies.mjs',
        restarts: 0,
        onFailure: 'stop-run',
      }),
    );
    await fixture.start({ COUNTROOM_CONSUMERS: modules });
    await fixture.done('start');
    const run = await fixture.packedRun(1);
    expect(run).toMatchObject({ outcome: 'interrupted' });
    expect(run.reason).toMatch(/source left: consumer vital: .*exit code 1/);
    expect(run.datasets[0]!.rows).toBe(run.recorded);
  });
});
