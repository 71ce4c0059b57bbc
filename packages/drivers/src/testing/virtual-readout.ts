import { ReadoutFigures, type ReadoutStatus } from '../core/figures/readout-figures.js';
import { Ring } from '../core/ring/ring.js';
import type { RingConsumer } from '../core/ring/ring-consumer.js';
import { TimeAccount, type TimeAccountFacts } from '../core/time-account.js';

/** A run in virtual time: a device that waits for the first trigger after it was armed and then needs a time to be read. */
export interface VirtualRun {
  readonly slots: number;
  /** Ascending, s. */
  readonly triggers: readonly number[];
  readonly readoutS: number;
  readonly overheadS: number;
  /** Time that an obligatory consumer needs for an event, s; null: there is none. */
  readonly serviceS: number | null;
  /** A random consumer asks so long after it got an event, s; null: there is none. */
  readonly randomS: number | null;
  readonly endS: number;
  readonly pause: readonly [number, number] | null;
  /** Moments at which the figures are wanted, s. */
  readonly looks: readonly number[];
}

/** What came of it. */
export interface VirtualResult {
  /** Numbers of the triggers that were taken, that the obligatory and that the random consumer saw. */
  readonly accepted: readonly number[];
  readonly obligatory: readonly number[];
  readonly random: readonly number[];
  readonly looks: readonly { readonly status: ReadoutStatus; readonly fill: number }[];
  readonly last: ReadoutStatus;
  readonly time: TimeAccountFacts;
  /** Largest difference between the sum of the parts and the run time, ns. */
  readonly imbalanceNs: bigint;
}

const ns = (seconds: number): bigint => BigInt(Math.round(seconds * 1e9));

/** Runs the ring, the figures and the time account of the product against a scripted device, event by event. */
export function runVirtually(run: VirtualRun): VirtualResult {
  const ring = Ring.create({ slots: run.slots, bytes: 65_536 });
  const producer = ring.producer();
  const served = run.serviceS === null ? undefined : ring.attach('analysis', { kind: 'obligatory' });
  const asking = run.randomS === null ? undefined : ring.attach('display', { kind: 'random' });
  const figures = new ReadoutFigures(0n, ns(run.overheadS));
  const account = new TimeAccount(0n);
  const result = { accepted: [] as number[], obligatory: [] as number[], random: [] as number[] };
  const looks: { status: ReadoutStatus; fill: number }[] = [];
  const wanted = [...run.looks];
  const [pauseAt, resumeAt] = run.pause ?? [Infinity, Infinity];
  let servedUntil = 0;
  let asksAt = 0;
  asking?.take();

  const next = (consumer: RingConsumer): { event: number; putS: number } | undefined => {
    const record = consumer.take();
    if (record === undefined) return undefined;
    const event = new DataView(record.bytes.buffer, record.bytes.byteOffset).getFloat64(0);
    return { event, putS: Number(record.timeNs) / 1e9 };
  };
  /** Lets the consumers work up to a time; they get what is in the ring then. */
  const serve = (until: number): void => {
    while (served !== undefined && servedUntil <= until) {
      const got = next(served);
      if (got === undefined) break;
      result.obligatory.push(got.event);
      servedUntil = Math.max(servedUntil, got.putS) + run.serviceS!;
    }
    if (asking === undefined || asksAt > until) return;
    const got = next(asking);
    if (got === undefined) return;
    result.random.push(got.event);
    asksAt = until + run.randomS!;
  };
  const look = (until: number): void => {
    while (wanted[0] !== undefined && wanted[0] <= until) {
      const at = wanted.shift()!;
      serve(at);
      looks.push({ status: figures.status(ns(at)), fill: ring.fill() });
    }
  };

  let now = 0;
  let paused = false;
  let trigger = 0;
  for (;;) {
    if (!paused && now >= pauseAt && now < resumeAt) {
      paused = true;
      account.enter('paused', ns(now));
      look(now);
      figures.pause(ns(now));
      look(resumeAt - 1e-9);
      now = resumeAt;
      figures.resume(ns(now));
      account.enter('buffer', ns(now));
    }
    serve(now);
    while (producer.reserve(8) === undefined) {
      account.enter('buffer', ns(now));
      now = Math.max(now, servedUntil);
      serve(now);
    }
    account.enter('live', ns(now));
    while (trigger < run.triggers.length && run.triggers[trigger]! <= now) trigger += 1;
    const ready = run.triggers[trigger];
    if (ready === undefined || ready > run.endS) break;
    if (ready > pauseAt && now < pauseAt) {
      look(pauseAt - 1e-9);
      figures.pause(ns(pauseAt));
    }
    look(ready);
    account.enter('transfer', ns(ready));
    const armed = now;
    now = ready + run.readoutS;
    serve(now);
    const room = producer.reserve(8)!;
    new DataView(room.buffer, room.byteOffset).setFloat64(0, trigger);
    producer.publish(1, 1, ns(now));
    result.accepted.push(trigger);
    figures.event(ns(armed), ns(ready), ns(now));
    serve(now);
    account.enter('live', ns(now));
  }
  look(run.endS);
  account.settle(ns(Math.max(run.endS, now)));
  serve(Infinity);
  const time = account.facts();
  const parts = Object.values(time.deadNs).reduce((sum, part) => sum + part, time.liveNs + time.pausedNs);
  return { ...result, looks, last: figures.status(ns(run.endS)), time, imbalanceNs: time.runNs - parts };
}
