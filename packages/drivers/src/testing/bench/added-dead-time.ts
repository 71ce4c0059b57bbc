import { allocateColumns, type TableSchema } from '@countroom/records';
import { systemClock } from '../../core/clock.js';
import type { BatchSink, RowWriter } from '../../core/driver.js';
import { picoScopeConfig } from '../../devices/pico-scope/pico-scope.config.js';
import { PicoScope } from '../../devices/pico-scope/pico-scope.driver.js';
import { simulatedAccess } from '../../devices/pico-scope/simulation/simulated-access.js';
import type { ScopeUnit } from '../../devices/pico-scope/unit/scope-unit.js';
import type { UnitAccess } from '../../devices/pico-scope/unit/unit-access.js';
import { newStamp, type QuietClock, quietClock, stampUs } from '../../transports/ffi/quiet-clock.js';
import { BareLoop } from './bare-loop.js';

/** Dead time per record beyond the calls of the vendor's library, µs. */
export interface AddedDeadTime {
  readonly records: number;
  /** Records that were taken before, and the most of the first 50 of them; they are not among the others. */
  readonly warmUp: number;
  readonly first: number;
  readonly mean: number;
  /** Half of the records have at most this: what a machine with other work does not change. */
  readonly median: number;
  /** 99.9 % of the records have at most this. */
  readonly tail: number;
  /** A loop that does nothing, taking turns with the scope, sees 99.9 % of all moments at most so late. */
  readonly bareTail: number;
  /**
   * 99.9 % of the records cost at most this of the thread's processor time from the last look that saw nothing: what the
   * machine took from it is not in it.
   */
  readonly processorTail: number;
  /** The same of the loop that does nothing. */
  readonly bareProcessorTail: number;
}

/**
 * Notes, call by call, from the moment at which a record could have been seen to the call that arms again: what of that
 * time is not spent inside calls of the library was added by software. Without such moments the last look that saw no
 * record stands for them, which is earlier.
 */
class CallWatch {
  readonly addedUs: number[] = [];
  private readonly now: QuietClock;
  private readonly completeUs: (record: number) => number;
  private readonly began = newStamp();
  private readonly ended = newStamp();
  /** End of the last look that saw no record, or of the call that armed. */
  private readonly quiet = newStamp();
  private look = { beganUs: 0, endedUs: 0 };
  private insideUs = 0;
  private records = 0;
  private reading = false;

  constructor(clock: QuietClock, completeUs: (record: number) => number = () => -Infinity) {
    this.now = clock;
    this.completeUs = completeUs;
  }

  watch(unit: ScopeUnit): ScopeUnit {
    const watched = Object.create(unit) as ScopeUnit;
    const timed = (key: 'run' | 'read' | 'times'): void => {
      const call = unit[key].bind(unit) as (...given: unknown[]) => unknown;
      const wrapper = (...given: unknown[]): unknown => {
        this.now(this.began);
        const answer = call(...given);
        this.now(this.ended);
        this.note(key, stampUs(this.ended) - stampUs(this.began));
        return answer;
      };
      Object.defineProperty(watched, key, { value: wrapper });
    };
    for (const key of ['run', 'read', 'times'] as const) timed(key);
    Object.defineProperty(watched, 'ready', { value: this.looks(unit) });
    return watched;
  }

  /** The scope was paused: a record that was read is not armed after. */
  forget(): void {
    this.reading = false;
  }

  /** Looks are made all the time: watching them must not leave garbage either. */
  private looks(unit: ScopeUnit): () => boolean {
    const { now, began, ended, quiet } = this;
    return () => {
      now(began);
      const ready = unit.ready();
      now(ready ? ended : quiet);
      if (ready) {
        this.reading = true;
        this.look = { beganUs: stampUs(began), endedUs: stampUs(ended) };
        this.insideUs = 0;
      }
      return ready;
    };
  }

  private note(key: 'run' | 'read' | 'times', tookUs: number): void {
    if (key === 'read') this.records++;
    if (key !== 'run') {
      if (this.reading) this.insideUs += tookUs;
      return;
    }
    const { ended, quiet, look } = this;
    if (this.reading) {
      const fromUs = Math.max(stampUs(quiet), this.completeUs(this.records - 1));
      const lookUs = look.endedUs - Math.max(look.beganUs, fromUs);
      this.addedUs.push(stampUs(ended) - fromUs - lookUs - this.insideUs - tookUs);
    }
    this.reading = false;
    quiet.set(ended);
  }
}

/** The scope and the bare loop take turns so often, ms. */
const turnMs = 500;

/** How long records are taken fast before, ms: some five thousand. */
const warmMs = 8000;

/** Of a record of 500 samples of 4 ns with a twentieth of them before the trigger, µs: what comes after the trigger. */
const postUs = 1.9;

/** Half a round trip later the simulated unit can be seen to be ready, µs. */
const answerUs = 125;

/** A scope that takes blocks of 3 × 500 samples at Poisson triggers, watched by the clock and by the processor's time. */
class WatchedScope {
  private constructor(
    private readonly scope: PicoScope,
    private readonly sink: BatchSink,
    readonly calls: CallWatch,
    readonly work: CallWatch,
  ) {}

  static async open(polling: 'sparing' | 'eager', rateHz: number): Promise<WatchedScope> {
    const config = picoScopeConfig.parse({
      model: '2406B',
      channels: ['A', 'B', 'C'].map((name) => ({ name, rangeV: 0.2, coupling: 'DC' })),
      samples: 500,
      recordS: 2e-6,
      trigger: { channel: 'A', thresholdV: -0.02, direction: 'falling', timeoutMs: 0 },
      simulation: { signal: 'photomultiplier', rateHz, efficiency: 1, noiseV: 0.001 },
      polling,
    });
    const access = simulatedAccess(config, 'bench');
    const completeUs = (record: number): number => 1e6 * access.truth!(record)!.triggerS + postUs + answerUs;
    const calls = new CallWatch(quietClock(), completeUs);
    const work = new CallWatch(quietClock('processor'));
    const watched: UnitAccess = { ...access, open: (serial) => calls.watch(work.watch(access.open(serial))) };
    const scope = new PicoScope(
      config,
      { source: 'bench', clock: systemClock, log: () => undefined },
      watched,
    );
    const writers = (await scope.prepare()).tables.map(rowWriter);
    const sink: BatchSink = { writer: (index) => writers[index]!, blocked: false, info: () => undefined };
    return new WatchedScope(scope, sink, calls, work);
  }

  async take(ms: number): Promise<void> {
    await this.scope.arm();
    const until = performance.now() + ms;
    while (performance.now() < until) {
      await this.scope.acquire(this.sink);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.scope.disarm('paused');
    this.calls.forget();
    this.work.forget();
  }

  /** What was noted so far does not count. */
  startAnew(): void {
    this.calls.addedUs.length = 0;
    this.work.addedUs.length = 0;
  }

  async close(): Promise<void> {
    await this.scope.disarm('stopping');
    await this.scope.close();
  }
}

function rowWriter(schema: TableSchema): RowWriter {
  return {
    schema,
    columns: allocateColumns(schema, 1),
    rows: 0,
    capacity: 1,
    ready: () => true,
    setVector: () => undefined,
    advance: () => undefined,
  };
}

/**
 * Tells what software adds to each record at 100 Hz. In between a loop that does nothing shows what the machine alone
 * makes late. Before that several thousand records are taken fast, as in the first minute of a run: the engine
 * translates what is run often on the way.
 */
export async function addedDeadTime(seconds: number, polling: 'sparing' | 'eager'): Promise<AddedDeadTime> {
  const warm = await WatchedScope.open(polling, 2000);
  await warm.take(warmMs);
  await warm.close();
  const scope = await WatchedScope.open(polling, 100);
  // Another unit: what was translated for the first one is translated anew.
  await scope.take(warmMs);
  scope.startAnew();
  const bare = new BareLoop(quietClock());
  const bareWork = new BareLoop(quietClock('processor'));
  for (let turn = 0; turn < (1000 * seconds) / turnMs; turn++) {
    await scope.take(turnMs);
    bare.spin(turnMs / 2);
    bareWork.spin(turnMs / 2);
  }
  await scope.close();
  const sorted = sortedOf(scope.calls);
  return {
    records: sorted.length,
    warmUp: warm.calls.addedUs.length,
    first: Math.max(...warm.calls.addedUs.slice(0, 50)),
    mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
    median: shareOf(sorted, 0.5),
    tail: shareOf(sorted, 0.999),
    bareTail: bare.lateness(0.999),
    processorTail: shareOf(sortedOf(scope.work), 0.999),
    bareProcessorTail: bareWork.lateness(0.999),
  };
}

function sortedOf({ addedUs }: CallWatch): readonly number[] {
  return [...addedUs].sort((a, b) => a - b);
}

function shareOf(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
}
