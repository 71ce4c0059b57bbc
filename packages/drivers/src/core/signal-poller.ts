import type { HostClock } from './clock.js';
import type { Driver } from './driver.js';
import { DriverError } from './errors.js';
import {
  faultOf,
  type SignalDefinition,
  type SignalReading,
  type SignalValue,
  severityOf,
} from './signal.js';

/** One call of the driver at a time (see `SourceRunner.exclusively`). */
export type Exclusively = <T>(task: (driver: Driver) => Promise<T>) => Promise<T>;

/** Reads, judges and writes the signals of a driver. */
export class SignalPoller {
  readonly definitions: readonly SignalDefinition[];
  private readonly exclusively: Exclusively;
  private readonly clock: HostClock;
  private readonly dueMs = new Map<string, number>();

  constructor(definitions: readonly SignalDefinition[], exclusively: Exclusively, clock: HostClock) {
    this.definitions = definitions;
    this.exclusively = exclusively;
    this.clock = clock;
  }

  /** Readings of all signals. A signal that cannot be read is `invalid`, the others are not touched by it. */
  readAll(): Promise<SignalReading[]> {
    return this.read(this.definitions);
  }

  /** Readings of the signals whose period is over at `nowMs` (any monotonic ms). */
  readDue(nowMs: number): Promise<SignalReading[]> {
    const due = this.definitions.filter((definition) => nowMs >= (this.dueMs.get(definition.name) ?? 0));
    for (const definition of due) this.dueMs.set(definition.name, nowMs + definition.periodMs);
    return this.read(due);
  }

  /** Writes a setting and reads it back. Throws DriverError `unknown-signal` or `bad-parameters`. */
  async write(name: string, value: SignalValue): Promise<SignalReading> {
    const definition = this.definitions.find((candidate) => candidate.name === name);
    if (definition === undefined) {
      const known = this.definitions.map((candidate) => candidate.name).join(', ');
      throw new DriverError('unknown-signal', name, `there is no signal ${name}; known are: ${known}`);
    }
    if (definition.access !== 'setting') {
      throw new DriverError('bad-parameters', name, `signal ${name} can only be read`);
    }
    const fault = faultOf(definition, value);
    if (fault !== undefined) throw new DriverError('bad-parameters', name, fault);
    await this.exclusively((driver) => driver.writeSignal(name, value));
    return this.readOne(definition);
  }

  private async read(definitions: readonly SignalDefinition[]): Promise<SignalReading[]> {
    const readings: SignalReading[] = [];
    for (const definition of definitions) readings.push(await this.readOne(definition));
    return readings;
  }

  private async readOne(definition: SignalDefinition): Promise<SignalReading> {
    const { name } = definition;
    const value = await this.exclusively((driver) => driver.readSignal(name)).catch(() => null);
    const timeNs = this.clock.epochNs();
    const severity = severityOf(definition, value);
    return { name, value: severity === 'invalid' ? null : value, timeNs, severity };
  }
}
