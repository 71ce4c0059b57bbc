import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemplate } from '@countroom/pulses';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { fileBytes } from '../../devices/replay/replay.io.js';
import { scanRecording } from '../../devices/replay/replay.reader.js';
import { eventually } from '../../testing/eventually.js';
import { ScopeWriter, scopeSource, type TestScope } from '../../testing/scope-batches.js';
import { Ring } from '../ring/ring.js';
import type { ConsumerStatus } from './consumer.api.js';
import { type ChainedConsumer, ConsumerChain } from './consumer-chain.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
const modules = join(folder, 'modules');
mkdirSync(modules);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function module(name: string, text: string): string {
  writeFileSync(join(modules, `${name}.mjs`), text);
  return `${name}.mjs`;
}

const scope: TestScope = { channels: 2, samples: 500 };
const shape = { taur: 20e-9, tauon: 12e-9, tauf: 128e-9, pheight: -0.03 };

function consumer(changes: Partial<ChainedConsumer>): ChainedConsumer {
  return {
    name: 'analysis',
    kind: 'module',
    input: 'scope',
    config: {},
    policy: { kind: 'obligatory' },
    channels: [],
    events: 'joined',
    threads: 1,
    deadlineMs: 5000,
    restarts: 0,
    memoryMb: 128,
    keep: false,
    onFailure: 'continue',
    ...changes,
  };
}

let runs = 0;

function begin(consumers: readonly ChainedConsumer[], slots = 64) {
  const ring = Ring.create({ slots, bytes: 4 << 20 });
  const logs: string[] = [];
  const stops: string[] = [];
  const at = join(folder, `run${++runs}`);
  const chain = new ConsumerChain({
    source: scopeSource(scope),
    ring,
    consumers,
    modules,
    folder: at,
    events: {
      log: (level, name, message) => void logs.push(`${level} ${name}: ${message}`),
      stopRun: (name, reason) => void stops.push(`${name}: ${reason}`),
    },
    host: { later: (task) => (setImmediate(task), () => undefined) },
  });
  return { ring, chain, logs, stops, at, writer: new ScopeWriter(scope, ring.producer()) };
}

function of(statuses: readonly ConsumerStatus[], name: string): ConsumerStatus {
  return statuses.find((one) => one.name === name)!;
}

/** A record with pulses three times as high as the template. */
function pulses(...places: number[]): Int16Array {
  const record = new Int16Array(500);
  const { samples } = makeTemplate(shape, 4e-9);
  for (const place of places) samples.forEach((value, i) => (record[place + i] = Math.round(3000 * value)));
  return record;
}

describe('consumers of a source', () => {
  it('sees every event once and in order, counts, logs, and writes lines', async () => {
    const { chain, writer, logs, at } = begin([
      consumer({
        module: module(
          'good',
          `export function createConsumer(context) {
             const file = context.lines('numbers.txt');
             context.log('info', 'channels ' + context.channels.map(({ label }) => label).join(''));
             console.log('hello');
             const heights = context.histogram('height', { min: 0, max: 1, bins: 4, yMax: 4, title: 'h', logarithmic: false });
             return {
               event(event) {
                 file.write(String(event.number));
                 context.count('seen');
                 heights.fill(event.volts(1)[7]);
               },
               end() { file.write('end ' + (process.env.PATH ?? 'none')); },
             };
           }`,
        ),
      }),
    ]);
    for (let i = 0; i < 200; i++) await writer.put([pulses(), new Int16Array(500).fill(600)]);
    await writer.close();
    const [status] = await chain.finish(30_000);
    expect(status).toMatchObject({
      state: 'ended',
      events: 200n,
      counts: { seen: 200 },
      ring: { offered: 401n, delivered: 401n, dropped: 0n },
    });
    expect([...status!.histograms[0]!.counts]).toEqual([0, 0, 200, 0]);
    const lines = readFileSync(join(at, 'analysis/numbers.txt'), 'utf8').trim().split('\n');
    expect(lines).toEqual([...Array.from({ length: 200 }, (_, i) => String(i + 1)), 'end none']);
    expect(logs).toContain('info analysis: channels AB');
    expect(logs).toContain('info analysis: hello');
  });

  it('code that throws is started anew as often as it may, and then given up; the run goes on', async () => {
    const { chain, writer, logs, stops } = begin([
      consumer({
        restarts: 2,
        onFailure: 'stop-run',
        module: module(
          'throws',
          `export default () => ({ event(e) { throw new Error('bad event ' + e.number); } });`,
        ),
      }),
    ]);
    for (let i = 0; i < 100; i++) {
      await writer.put([pulses(), pulses()]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(
      'it was given up',
      () => {
        void writer.put([pulses(), pulses()]);
        return of(chain.statuses(), 'analysis').state === 'failed';
      },
      40_000,
    );
    await writer.close();
    const [status] = await chain.finish(1000);
    expect(status).toMatchObject({ restarts: 2, state: 'failed', unfinished: 3n });
    expect(status!.message).toMatch(/bad event \d+/);
    const { offered, delivered, dropped } = status!.ring;
    expect(offered).toBe(delivered + dropped);
    expect(logs.filter((line) => line.includes('bad event'))).toHaveLength(4);
    expect(logs.at(-1)).toMatch(/given up after 2 restarts/);
    expect(stops).toEqual([`analysis: ${status!.message}`]);
  });

  it('code that loops is dropped by the watchdog with an exact count, and the full ring empties', async () => {
    const { chain, ring, writer, logs } = begin(
      [
        consumer({
          module: module('loops', `export default () => ({ event(e) { if (e.number === 3n) for (;;); } });`),
        }),
      ],
      16,
    );
    for (let i = 0; i < 3; i++) await writer.put([pulses(), pulses()]);
    await eventually('it hangs', () => of(chain.statuses(), 'analysis').ring.delivered === 6n, 30_000);
    for (let i = 0; i < 4; i++) await writer.put([pulses(), pulses()]);
    const hung = process.hrtime.bigint();
    chain.look(hung + 4_000_000_000n);
    expect(of(chain.statuses(), 'analysis').state).toBe('working');
    expect(ring.fill()).toBeGreaterThan(0.5);
    chain.look(hung + 10_000_000_000n);
    expect(of(chain.statuses(), 'analysis')).toMatchObject({
      state: 'failed',
      unfinished: 1n,
      ring: { offered: 14n, delivered: 6n, dropped: 8n, droppedRows: 8n, lag: 0n },
    });
    expect(ring.fill()).toBe(0);
    expect(logs[0]).toMatch(/no sign of life .*; 8 records \(8 rows\) did not reach it, 1 not finished/);
    for (let i = 0; i < 50; i++) await writer.put([pulses(), pulses()]);
    await writer.close();
    const [status] = await chain.finish(1000);
    expect(status!.ring).toMatchObject({ offered: 115n, delivered: 6n, dropped: 109n });
  });

  it.each([
    ['leaves', `export default () => ({ event() { process.exit(7); } });`, /exit code 7/],
    [
      'eats memory',
      `const all = []; export default () => ({ event() { for (;;) all.push(new Array(1e5).fill({})); } });`,
      /memory|heap/i,
    ],
    ['has no function', `export const x = 1;`, /exports no function createConsumer/],
    ['is no program', `export default ((`, /Unexpected/],
  ])('code that %s takes nothing but its thread down', async (name, text, message) => {
    const { chain, writer } = begin([
      consumer({ deadlineMs: 600_000, memoryMb: 48, module: module(name.replace(/ /g, '-'), text) }),
    ]);
    await writer.put([pulses(), pulses()]);
    await writer.close();
    const [status] = await chain.finish(50_000);
    expect(status!.state).toBe('failed');
    expect(status!.message).toMatch(message);
  });

  it('the pulse filter keeps accepted events for the consumers behind it', async () => {
    const { chain, writer, at } = begin([
      consumer({
        name: 'filter',
        kind: 'pulse-filter',
        keep: true,
        config: { pulseShape: [shape], pictures: 2 },
      }),
      consumer({
        name: 'behind',
        input: 'filter',
        module: module(
          'behind',
          `export default (c) => ({ event(e) { c.count(e.channels.map((x) => x.label).join('')); c.value('last', Number(e.number)); } });`,
        ),
      }),
    ]);
    for (let i = 0; i < 60; i++) {
      const second = i % 3 === 0 ? pulses(50, 300) : i % 3 === 1 ? pulses(50) : pulses();
      await writer.put([pulses(50), second]);
    }
    await writer.close();
    const statuses = await chain.finish(30_000);
    expect(statuses.map(({ name, state }) => [name, state])).toEqual([
      ['filter', 'ended'],
      ['behind', 'ended'],
    ]);
    expect(of(statuses, 'filter')).toMatchObject({
      kept: 40n,
      counts: { seen: 60, valid: 60, accepted: 40, double: 20, 'pattern 11': 40, 'pattern 10': 20 },
    });
    expect(of(statuses, 'filter').histograms.map(({ name, entries }) => [name, entries])).toEqual([
      ['noise_trigger', 0],
      ['valid_trigger', 60],
      ['tau', 20],
      ['other_pulse_heights', 40],
    ]);
    expect(of(statuses, 'behind')).toMatchObject({
      counts: { AB: 40 },
      values: { last: 59 },
      incomplete: 0n,
    });
    const doubles = readFileSync(join(at, 'filter/dPFilt.csv'), 'utf8').trim().split('\n');
    expect(doubles.filter((line) => !line.startsWith('#'))).toHaveLength(20);
    expect(doubles[1]).toBe('1, 1, 1,   0, 1,   0, 0.09');
    const pictures = readdirSync(join(at, 'filter')).filter((name) => name.endsWith('.svg'));
    expect(pictures.sort()).toEqual(['double-001.svg', 'double-002.svg']);
    const picture = readFileSync(join(at, 'filter/double-002.svg'), 'utf8');
    expect(picture).toMatch(/^<svg [\s\S]*event 4, double pulse 2[\s\S]*>A<[\s\S]*>B<[\s\S]*<\/svg>\n$/);
    expect(picture).not.toMatch(/NaN|Infinity/);
  });

  it('one that holds the device up can be dropped by hand: the ring empties, the run goes on, the loss is told', async () => {
    const waits = `export default () => ({ event(e) { return e.number < 3n ? false : new Promise(() => setInterval(() => 0, 1000)); } });`;
    const { chain, ring, writer, logs, stops } = begin(
      [consumer({ module: module('waits', waits), deadlineMs: 600_000, restarts: 5, onFailure: 'stop-run' })],
      16,
    );
    for (let i = 0; i < 3; i++) await writer.put([pulses(), pulses()]);
    await eventually('it waits', () => of(chain.statuses(), 'analysis').ring.delivered === 6n, 30_000);
    for (let i = 0; i < 5; i++) await writer.put([pulses(), pulses()]);
    expect(chain.drop('nobody', 'dropped by ann')).toBe(false);
    expect(chain.drop('analysis', 'dropped by ann')).toBe(true);
    expect(chain.drop('analysis', 'dropped by bob')).toBe(false);
    expect(ring.fill()).toBe(0);
    for (let i = 0; i < 40; i++) await writer.put([pulses(), pulses()]);
    await writer.close();
    const [status] = await chain.finish(1000);
    expect(status).toMatchObject({
      state: 'failed',
      message: 'dropped by ann',
      unfinished: 1n,
      restarts: 0,
      ring: { offered: 97n, delivered: 6n, dropped: 91n },
    });
    expect(stops).toEqual([]);
    expect(logs[0]).toMatch(/dropped by ann; 10 records \(10 rows\) did not reach it, 1 not finished/);
  });

  it('the data logger writes calibrated values per interval, which the replay reads', async () => {
    const { chain, writer, at } = begin([
      consumer({
        name: 'logger',
        kind: 'data-logger',
        config: {
          intervalS: 0.05,
          averages: ['mean', 'rms'],
          calibration: [10, { true: [0, 2], raw: [0, 1] }],
          formulas: ['c0', 'c0 + c1'],
          labels: ['T', 'U'],
          units: ['C', 'V'],
        },
      }),
    ]);
    // One event per ms of device time.
    for (let i = 0; i < 160; i++)
      await writer.put([new Int16Array(500).fill(i < 50 ? 100 : 200), new Int16Array(500).fill(-500)]);
    await writer.close();
    const [status] = await chain.finish(30_000);
    expect(status).toMatchObject({ state: 'ended', message: '', counts: { lines: 3 } });
    expect(status!.values).toMatchObject({ '0 (C)': 2, '1 (V)': 3 });
    const file = join(at, 'logger/logger.csv');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines[2]).toBe('# 0:T(C),1:U(V)');
    expect(lines.slice(3)).toEqual(['1,2', '1.98,2.98', '2,3']);
    const { format, rows } = await scanRecording(fileBytes(file), { format: 'auto', sampleNs: 4 });
    expect([format, rows]).toEqual(['phypidaq-csv', 6]);
  });

  it('the data logger says what it cannot do before the run', async () => {
    const config = { formulas: ['c0 +'], decimalComma: true, pipe: '/dev/null' };
    const { chain, writer } = begin([consumer({ kind: 'data-logger', config })]);
    await writer.close();
    const [status] = await chain.finish(30_000);
    expect(status).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/decimalComma: take another/) as string,
    });
  });

  it('the example of the documentation works', async () => {
    const page = new URL('../../../../../docs/how-to/write-a-consumer.md', import.meta.url);
    const [, text] = /```js\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8')) ?? [];
    const { chain, writer, at } = begin([consumer({ keep: true, module: module('documented', text ?? '') })]);
    for (let i = 0; i < 10; i++) await writer.put([new Int16Array(500).fill(i === 3 ? -200 : -50), pulses()]);
    await writer.close();
    const [status] = await chain.finish(30_000);
    expect(status).toMatchObject({ state: 'ended', events: 10n, kept: 1n, counts: { large: 1 } });
    expect(readFileSync(join(at, 'analysis/large.csv'), 'utf8')).toBe('event,time_s,height_V\n4,0.004,0.2\n');
  });

  it('threads share the work of one consumer', async () => {
    const { chain, writer } = begin([
      consumer({
        threads: 2,
        events: 'single',
        module: module(
          'shared',
          `export default (c) => ({ event() { c.count('thread ' + c.thread); c.count('all'); } });`,
        ),
      }),
    ]);
    for (let i = 0; i < 300; i++) await writer.put([pulses(), pulses()]);
    await writer.close();
    const [status] = await chain.finish(30_000);
    expect(status).toMatchObject({ state: 'ended', events: 600n, counts: { all: 600 } });
  });

  it('says everything that is wrong before anything is started', () => {
    const faulty = [
      consumer({ name: 'a', input: 'nowhere', module: 'x.mjs' }),
      consumer({ name: 'b', input: 'c', keep: true, kind: 'pulse-filter', config: { pulseShape: [] } }),
      consumer({ name: 'c', input: 'b', keep: true, kind: 'peek', threads: 2, policy: { kind: 'lossy' } }),
      consumer({ name: 'c', kind: 'peak-finder', channels: [9], module: 'x' }),
    ];
    let message = '';
    try {
      begin(faulty);
    } catch (thrown) {
      message = (thrown as Error).message;
    }
    for (const part of [
      'consumer a: its input nowhere is neither the source scope nor a consumer',
      'consumer a: module x.mjs cannot be used: there is no such file',
      'consumer b: its input leads back to itself',
      'consumer b: configuration of pulse-filter is not usable: pulseShape',
      'consumer c: there are two of this name',
      'consumer c: only obligatory consumers can share work',
      'consumer c: there is no kind of consumer peek; known are: pulse-filter, peak-finder, decay-time, data-logger, ',
      'consumer c: source scope has no channel 9 with waveforms; it has 0, 1',
      'consumer c: module is for the kind module',
    ])
      expect(message).toContain(part);
  });
});
