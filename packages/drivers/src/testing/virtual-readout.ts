import { ReadoutFigures, type ReadoutStatus } from '../core/figures/readout-figures.js';
import { Ring } from '../core/ring/ring.js';
import type { RingConsumer } from '../core/ring/ring-consumer.js';
import { TimeAccount, type TimeAccountFacts } from '../core/time-account.js';

/**
 * A run in virtual time, with the waiting of picoDAQ's programs: a device that gives the first trigger after it was armed and
 * then needs a time to be read, a manager and consumers that look for each other every half millisecond.
 */
export interface VirtualRun {
  readonly slots: number;
  /** Ascending, s. */
  readonly triggers: readonly number[];
  readonly readoutS: number;
  readonly overheadS: number;
  /** Time that an obligatory consumer needs for an event, s; null: there is none. */
  readonly serviceS: number | null;
  /** Time that it needs for the first one, when that is another. */
  readonly firstServiceS?: number;
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

/** How often picoDAQ's manager, producer and consumers look for each other, and for the end of a pause, s. */
const lookS = 0.0005;
const pausedLookS = 0.01;

/** Something that goes on in virtual time: yields how long it rests, s. */
type Course = Generator<number, void, void>;

/** Runs the ring, the figures and the time account of the product against a scripted device, event by event. */
export function runVirtually(run: VirtualRun): VirtualResult {
  return new VirtualReadout(run).result();
}

class VirtualReadout {
  private readonly ring: Ring;
  private readonly producer: ReturnType<Ring['producer']>;
  private readonly figures: ReadoutFigures;
  private readonly account = new TimeAccount(0n);
  private readonly accepted: number[] = [];
  private readonly obligatory: number[] = [];
  private readonly random: number[] = [];
  private readonly looks: { status: ReadoutStatus; fill: number }[] = [];
  private now = 0;

  constructor(private readonly run: VirtualRun) {
    this.ring = Ring.create({ slots: run.slots, bytes: 65_536 });
    this.producer = this.ring.producer();
    this.figures = new ReadoutFigures(0n, ns(run.overheadS));
  }

  result(): VirtualResult {
    const { run, account } = this;
    const courses: Course[] = [];
    if (run.randomS !== null) courses.push(this.asks(run.randomS));
    courses.push(this.produces());
    if (run.serviceS !== null) courses.push(...this.serves(run.serviceS, run.firstServiceS));
    if (run.pause !== null) courses.push(this.pauses(run.pause));
    courses.push(this.watches());
    this.goOn(courses);
    account.settle(ns(Math.max(run.endS, this.now)));
    const time = account.facts();
    const parts = Object.values(time.deadNs).reduce((sum, part) => sum + part, time.liveNs + time.pausedNs);
    const { accepted, obligatory, random, looks } = this;
    const last = this.figures.status(ns(run.endS));
    return { accepted, obligatory, random, looks, last, time, imbalanceNs: time.runNs - parts };
  }

  /** Lets every course go on at its time; those of one moment in the order in which they began to rest. */
  private goOn(courses: readonly Course[]): void {
    let resting = courses.map((course, order) => ({ course, at: 0, order }));
    let order = courses.length;
    while (resting.length > 0) {
      const next = resting.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.order < a.order) ? b : a));
      resting = resting.filter((one) => one !== next);
      if (next.at > this.run.endS + 1) continue;
      this.now = next.at;
      const { value, done } = next.course.next();
      if (done !== true) resting.push({ course: next.course, at: next.at + value, order: order++ });
    }
  }

  private *produces(): Course {
    const { run, producer, account, figures } = this;
    for (;;) {
      account.enter('buffer', ns(this.now));
      while (producer.reserve(8) === undefined) yield lookS;
      if (this.paused()) {
        account.enter('paused', ns(this.now));
        while (this.paused()) yield Math.min(pausedLookS, Math.max(1e-9, run.pause![1] - this.now));
      }
      account.enter('live', ns(this.now));
      const armed = this.now;
      const trigger = run.triggers.findIndex((at) => at > armed - 1e-12);
      const ready = run.triggers[trigger];
      if (ready === undefined || ready > run.endS) return;
      yield ready - armed;
      account.enter('transfer', ns(this.now));
      yield run.readoutS;
      const room = producer.reserve(8)!;
      new DataView(room.buffer, room.byteOffset).setFloat64(0, trigger);
      producer.publish(1, 1, ns(this.now));
      this.accepted.push(trigger);
      figures.event(ns(armed), ns(ready), ns(this.now));
    }
  }

  /** The manager and the obligatory consumer, which hand an event and the word that it is done to each other. */
  private serves(serviceS: number, firstS = serviceS): Course[] {
    const consumer = this.ring.attach('analysis', { kind: 'obligatory' });
    const { obligatory } = this;
    let asked = true;
    let answer: number | undefined;
    function* manages(): Course {
      for (;;) {
        while (!asked) yield lookS;
        const event = eventOf(consumer);
        if (event === undefined) {
          yield lookS;
          continue;
        }
        asked = false;
        answer = event;
      }
    }
    function* works(): Course {
      for (;;) {
        while (answer === undefined) yield lookS;
        obligatory.push(answer);
        answer = undefined;
        yield obligatory.length === 1 ? firstS : serviceS;
        asked = true;
      }
    }
    return [works(), manages()];
  }

  private *asks(everyS: number): Course {
    const consumer = this.ring.attach('display', { kind: 'random' });
    for (;;) {
      const event = eventOf(consumer);
      if (event === undefined) yield lookS;
      else {
        this.random.push(event);
        yield everyS;
      }
    }
  }

  private *pauses([from, until]: readonly [number, number]): Course {
    yield from;
    this.figures.pause(ns(from));
    yield until - from;
    this.figures.resume(ns(until));
  }

  private *watches(): Course {
    for (const at of this.run.looks) {
      yield at - this.now;
      this.looks.push({ status: this.figures.status(ns(at)), fill: this.ring.fill() });
    }
  }

  private paused(): boolean {
    const [from, until] = this.run.pause ?? [Infinity, Infinity];
    return this.now >= from && this.now < until;
  }
}

function eventOf(consumer: RingConsumer): number | undefined {
  const record = consumer.take();
  return record === undefined
    ? undefined
    : new DataView(record.bytes.buffer, record.bytes.byteOffset).getFloat64(0);
}
