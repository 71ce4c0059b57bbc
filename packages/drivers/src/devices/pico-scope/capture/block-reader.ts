import type { PicoScopeConfig } from '../pico-scope.config.js';
import { ScopeError, status } from '../sdk/status.js';
import type { ScopeUnit } from '../unit/scope-unit.js';
import type { CaptureSetUp } from './capture-set-up.js';
import { lookUntil } from './patience.js';
import type { ReaderHost, UnitReader } from './unit-reader.js';

/** A unit that should have given a record by itself is given this much longer, ms. */
const graceMs = 3000;

/** Takes blocks and rapid blocks: arms the unit, waits for it, reads it out, and arms it anew before anything else. */
export class BlockReader implements UnitReader {
  readonly restMs = undefined;
  private readonly setUp: CaptureSetUp;
  private readonly config: PicoScopeConfig;
  private readonly host: ReaderHost;
  private running = false;
  private runningSinceMs = 0;
  private lastQuietNs = 0n;

  constructor(setUp: CaptureSetUp, config: PicoScopeConfig, host: ReaderHost) {
    this.setUp = setUp;
    this.config = config;
    this.host = host;
  }

  async take(unit: ScopeUnit, untilMs: number): Promise<boolean> {
    const { host } = this;
    const { captures } = this.setUp;
    if (!this.running) this.run(unit);
    const lastMs = this.lastMs();
    const patienceMs = host.fast && lastMs < Infinity ? lastMs : untilMs;
    const eager = this.config.polling === 'eager' || host.fast;
    const { ready, quietMs } = lookUntil(unit, patienceMs, this.runningSinceMs, eager);
    if (quietMs !== undefined)
      this.lastQuietNs = host.now() - BigInt(Math.round(1e6 * (performance.now() - quietMs)));
    if (ready) {
      await this.read(unit, captures, true);
      return true;
    }
    const late = performance.now() > lastMs - graceMs;
    if (captures === 1 && !late) host.time.quiet(this.lastQuietNs);
    const waitedMs = performance.now() - this.runningSinceMs;
    if (performance.now() > lastMs) throw new ScopeError(unit.facts.serial, 'IsReady', status.notResponding);
    if (captures === 1 || host.fast || waitedMs < this.config.latencyMs) return false;
    return this.fetchEarly(unit);
  }

  async halt(unit: ScopeUnit): Promise<void> {
    if (!this.running) return;
    const complete = unit.ready() ? this.setUp.captures : 0;
    this.running = false;
    if (complete === 0) unit.stop();
    const count = complete > 0 ? complete : this.config.mode === 'rapid-block' ? unit.taken() : 0;
    if (count > 0) await this.read(unit, count);
  }

  lose(): void {
    this.running = false;
  }

  /** Fetches what there is of a rapid block, at a low rate. */
  private async fetchEarly(unit: ScopeUnit): Promise<boolean> {
    unit.stop();
    this.running = false;
    const taken = unit.taken();
    if (taken > 0) await this.read(unit, taken, true);
    else {
      this.host.time.enter('arming', this.host.now());
      if (this.host.runsOn()) this.run(unit);
    }
    return taken > 0;
  }

  private run(unit: ScopeUnit): void {
    this.rearm(unit);
    this.host.time.armed(this.lastQuietNs);
  }

  private rearm(unit: ScopeUnit): void {
    const { preSamples, samples, timeBase } = this.setUp;
    unit.run(preSamples, samples - preSamples, timeBase);
    this.running = true;
    this.runningSinceMs = performance.now();
    this.lastQuietNs = this.host.now();
  }

  /** When a unit must have given a record by itself (performance.now); Infinity when it may wait for ever. */
  private lastMs(): number {
    const { samples, intervalNs, captures, ets } = this.setUp;
    const { kind, timeoutMs } = this.config.trigger;
    // Equivalent-time sampling knows no time-out.
    if ((kind !== 'off' && timeoutMs === 0) || ets !== undefined) return Infinity;
    const eachMs = (samples * intervalNs) / 1e6 + (kind === 'off' ? 0 : timeoutMs);
    return this.runningSinceMs + captures * eachMs + graceMs;
  }

  /** Reads records and arms the unit anew; everything that can wait, waits until it is armed. */
  private async read(unit: ScopeUnit, count: number, runOn = false): Promise<void> {
    const { setUp, host, lastQuietNs, runningSinceMs } = this;
    const { time } = host;
    const atNs = host.now();
    this.running = false;
    const overflow = new Int16Array(setUp.captures);
    host.beforeReading();
    const reading = unit.read(count, overflow);
    if (reading !== undefined) await reading;
    const times = unit.times(count);
    const readMs = performance.now();
    const readNs = host.now();
    let armed = false;
    try {
      if (runOn && host.runsOn()) {
        this.rearm(unit);
        armed = true;
      }
    } finally {
      const quietNs = count < setUp.captures ? atNs : lastQuietNs;
      if (setUp.captures > 1) time.batchComplete(count, atNs, quietNs);
      else time.complete(atNs, quietNs);
      const { spent } = time;
      time.enter('arming', readNs);
      if (armed) time.armed(this.lastQuietNs);
      const { memory, samples, preSamples, intervalNs, captures } = setUp;
      const exact = times?.ticks !== undefined || captures === 1;
      const spanNs = BigInt(Math.round((readMs - runningSinceMs) * 1e6));
      host.take({
        count,
        triggerNs: atNs - BigInt(Math.round((samples - preSamples) * intervalNs)),
        uncertaintyNs: exact ? atNs - lastQuietNs : spanNs / 2n,
        spent,
        overflow,
        times,
        begins: false,
        samplesOf: (record, place) => memory.of(record, place),
      });
    }
  }
}
