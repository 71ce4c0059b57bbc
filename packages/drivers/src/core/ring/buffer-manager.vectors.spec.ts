import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runVirtually } from '../../testing/virtual-readout.js';
import { Ring } from './ring.js';

interface Scenario {
  readonly name: string;
  readonly NBuffers: number;
  readonly trigger_times: readonly number[];
  readonly readout_time_s: number;
  readonly toverhead_s: number;
  readonly obligatory_service_s: number | null;
  readonly random_period_s: number | null;
  readonly T_end: number;
  readonly pause_resume: readonly [number, number] | null;
  readonly expected: {
    readonly Ntrig: number;
    readonly Tlife: number;
    readonly last_lifefrac_percent: number;
    readonly triggers_lost: number;
    readonly random_seen: readonly number[];
    readonly status_columns: readonly string[];
    readonly status: readonly (readonly number[])[];
  };
}
interface Trace {
  readonly number_of_slots: number;
  readonly reader_groups: number;
  readonly steps: readonly {
    readonly op: string;
    readonly result: number | string;
    readonly cumulative: number;
  }[];
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../../..');
const folder = join(
  resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'),
  'picodaq/vectors',
);
const names = existsSync(folder) ? readdirSync(folder) : [];
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const accounts = names.filter((name) => /^bufferman.*\.json$/.test(name));
const traces = names.filter((name) => /^ringbuffer.*\.json$/.test(name));

describe.runIf(accounts.length + traces.length === 0)('buffer manager', () => {
  it.skip(`there are no records below ${folder}`, () => undefined);
});

/** The original resumes a little after it was told to: what it took for the pause is in its run time. */
function pauseOf({ pause_resume: pause, expected: { status } }: Scenario): [number, number] | null {
  const [at, , runTime] = status.at(-1)!;
  return pause === null ? null : [pause[0], pause[0] + at! - runTime!];
}

describe.each(accounts)('buffer manager: %s', (file) => {
  const { scenarios } = read(file) as { scenarios: readonly Scenario[] };
  it.each(scenarios)('$name', (one) => {
    const { expected } = one;
    const got = runVirtually({
      slots: one.NBuffers,
      triggers: one.trigger_times,
      readoutS: one.readout_time_s,
      overheadS: one.toverhead_s,
      serviceS: one.obligatory_service_s,
      randomS: one.random_period_s,
      endS: one.T_end,
      pause: pauseOf(one),
      looks: expected.status.map(([at]) => at!),
    });
    const within = (value: number, wanted: number, fraction: number): void =>
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(fraction * Math.abs(wanted) + 1e-9);
    within(Number(got.last.events), expected.Ntrig, 0.02);
    // The live time of a device that is hardly ever armed is a small difference of large ones.
    const live = Number(got.last.liveNs) / 1e9;
    expect(Math.abs(live - expected.Tlife)).toBeLessThanOrEqual(
      Math.max(0.02 * Math.abs(expected.Tlife), 0.005 * one.T_end),
    );
    // Of the last ten events alone where these are the same ones: with a full ring, after a pause or with an event more that of
    // the run counts.
    const sameTen =
      (got.time.deadNs['buffer'] ?? 0n) === 0n &&
      one.pause_resume === null &&
      Number(got.last.events) === expected.Ntrig;
    const [life, wanted] = sameTen
      ? [got.last.lifePercent, expected.last_lifefrac_percent]
      : [(100 * live) / one.T_end, (100 * expected.Tlife) / one.T_end];
    expect(Math.abs(life - wanted)).toBeLessThanOrEqual(2);

    // Every event once and in order; the random consumer never gets an older one than it asked for.
    expect(got.accepted).toEqual([...new Set(got.accepted)].sort((a, b) => a - b));
    if (one.obligatory_service_s !== null) expect(got.obligatory).toEqual(got.accepted);
    expect(got.random).toEqual([...new Set(got.random)].sort((a, b) => a - b));
    expect(got.random.every((event) => got.accepted.includes(event))).toBe(true);
    if (one.random_period_s !== null) within(got.random.length, expected.random_seen.length, 0.1);

    const column = (name: string): number => expected.status_columns.indexOf(name);
    got.looks.forEach(({ status, fill }, i) => {
      const line = expected.status[i]!;
      expect(status.running).toBe(line[column('running')] === 1);
      expect(Math.abs(Number(status.runNs) / 1e9 - line[column('TRun')]!)).toBeLessThan(0.006);
      expect(Math.abs(Number(status.events) - line[column('Ntrig')]!)).toBeLessThanOrEqual(
        2 + 0.02 * line[column('Ntrig')]!,
      );
      // The original does not count the slot in work.
      const inWork = one.obligatory_service_s === null ? 0 : 100 / one.NBuffers;
      const level = line[column('buffer_level_percent')]!;
      expect(100 * fill).toBeLessThanOrEqual(level + inWork + 100 / one.NBuffers);
      expect(100 * fill).toBeGreaterThanOrEqual(level - 100 / one.NBuffers);
    });
    expect(got.imbalanceNs).toBe(0n);
  });
});

describe.each(traces)('ring: %s', (file) => {
  const cases = (read(file) as { traces: readonly Trace[] }).traces;
  it.each(cases.map((trace, i) => [i, trace] as const))('trace %d', (_, trace) => {
    const ring = Ring.create({ slots: trace.number_of_slots, bytes: 4096 });
    const producer = ring.producer();
    const readers = Array.from({ length: trace.reader_groups }, (_, i) =>
      ring.attach(`group ${i}`, { kind: 'obligatory' }),
    );
    let written = 0;
    const done = readers.map(() => 0);
    trace.steps.forEach(({ op, result, cumulative }, step) => {
      const blocked = result === 'would block';
      if (op === 'w') {
        const room = producer.reserve(8);
        expect(room === undefined, `step ${step}`).toBe(blocked);
        if (room !== undefined) {
          written += 1;
          new DataView(room.buffer, room.byteOffset).setFloat64(0, written);
          producer.publish(1, 1, 0n);
          expect(written).toBe(result);
        }
      } else {
        const group = Number(op.slice(1));
        const before = Number(readers[group]!.counters().delivered);
        // A reader of the original that would have to wait keeps the record in its hand.
        expect(before === written, `step ${step}`).toBe(blocked);
        const record = blocked ? undefined : readers[group]!.take();
        if (!blocked) done[group] = before;
        if (record !== undefined) {
          const value = new DataView(record.bytes.buffer, record.bytes.byteOffset).getFloat64(0);
          expect(value).toBe(result);
        }
      }
      expect(Number(ring.recorded().records)).toBe(cumulative);
      expect(ring.fill() * trace.number_of_slots).toBeCloseTo(written - Math.min(...done), 9);
    });
  });
});
