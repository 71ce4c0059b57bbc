import { allocateColumns } from '@countroom/records';
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
  /** The most of the first records, while the engine still translates what is run; they are not among the others. */
  readonly first: number;
  readonly mean: number;
  /** Half of the records have at most this: what a machine with other work does not change. */
  readonly median: number;
  /** 99.9 % of the records have at most this. */
  readonly tail: number;
  /** A loop that does nothing, taking turns with the scope, sees 99.9 % of all moments at most so late. */
  readonly bareTail: number;
  /** 99.9 % of the records cost at most this of the thread's processor time: what the machine took from it is not in it. */
  readonly processorTail: number;
  /** The same of the loop that does nothing. */
  readonly bareProcessorTail: number;
}

/**
 * Notes, call by call, from the last look that saw no record to the call that arms again: what of that time is not spent
 * inside calls of the library was added by software.
 */
class CallWatch {
  readonly addedUs: number[] = [];
  private readonly now: QuietClock;
  private readonly began = newStamp();
  private readonly ended = newStamp();
  /** End of the last look that saw no record, or of the call that armed. */
  private readonly quiet = newStamp();
  private insideUs = 0;
  private reading = false;

  constructor(clock: QuietClock) {
    this.now = clock;
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
        this.insideUs = stampUs(ended) - stampUs(began);
      }
      return ready;
    };
  }

  private note(key: 'run' | 'read' | 'times', tookUs: number): void {
    if (key !== 'run') {
      if (this.reading) this.insideUs += tookUs;
      return;
    }
    const { ended, quiet } = this;
    if (this.reading) this.addedUs.push(stampUs(ended) - stampUs(quiet) - this.insideUs - tookUs);
    this.reading = false;
    quiet.set(ended);
  }
}

/** The scope and the bare loop take turns so often, ms. */
const turnMs = 500;

/** Records of about half a second. */
const firstRecords = 50;

/**
 * Takes blocks of 3 × 500 samples at Poisson triggers of 100 Hz for a while and tells what software added. In between a
 * loop that does nothing shows what the machine alone makes late.
 */
export async function addedDeadTime(
  seconds: number,
  polling: 'sparing' | 'eager',
  rateHz = 100,
): Promise<AddedDeadTime> {
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
  const calls = new CallWatch(quietClock());
  const work = new CallWatch(quietClock('processor'));
  const watched: UnitAccess = { ...access, open: (serial) => calls.watch(work.watch(access.open(serial))) };
  const scope = new PicoScope(config, { source: 'bench', clock: systemClock, log: () => undefined }, watched);
  const { tables } = await scope.prepare();
  const writers = tables.map((schema): RowWriter & { rows: number } => {
    const columns = allocateColumns(schema, 1);
    return {
      schema,
      columns,
      rows: 0,
      capacity: 1,
      ready: () => true,
      setVector: () => undefined,
      advance: () => undefined,
    };
  });
  const sink: BatchSink = { writer: (index) => writers[index]!, blocked: false, info: () => undefined };
  const bare = new BareLoop(quietClock());
  const bareWork = new BareLoop(quietClock('processor'));
  for (let turn = 0; turn < (1000 * seconds) / turnMs; turn++) {
    await scope.arm();
    const until = performance.now() + turnMs;
    while (performance.now() < until) {
      await scope.acquire(sink);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await scope.disarm('paused');
    calls.forget();
    work.forget();
    bare.spin(turnMs / 2);
    bareWork.spin(turnMs / 2);
  }
  await scope.disarm('stopping');
  await scope.close();
  const first = Math.max(...calls.addedUs.slice(0, firstRecords));
  const sorted = withoutFirst(calls);
  return {
    records: sorted.length,
    first,
    mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
    median: shareOf(sorted, 0.5),
    tail: shareOf(sorted, 0.999),
    bareTail: bare.lateness(0.999),
    processorTail: shareOf(withoutFirst(work), 0.999),
    bareProcessorTail: bareWork.lateness(0.999),
  };
}

function withoutFirst({ addedUs }: CallWatch): number[] {
  return addedUs.slice(firstRecords).sort((a, b) => a - b);
}

function shareOf(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
}
