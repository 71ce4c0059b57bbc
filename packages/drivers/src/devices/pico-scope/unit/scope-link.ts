import type { DriverContext } from '../../../core/driver.js';
import { ScopeError } from '../sdk/status.js';
import type { ScopeUnit } from './scope-unit.js';
import type { UnitAccess } from './unit-access.js';

/** How often a call is tried again before the unit is given up, and how often a lost unit is looked for, ms. */
const tries = 3;
const lookEveryMs = 1000;

/** Keeps a unit open, notices when it is gone, and finds it again by its serial number. */
export class ScopeLink {
  private readonly access: UnitAccess;
  private readonly context: DriverContext;
  private present: ScopeUnit | undefined;
  private readonly serial: string;
  private failures = 0;
  private lookedAtMs = 0;

  /** Opens the unit. Throws a DriverError when it is not there. */
  constructor(access: UnitAccess, context: DriverContext, serial: string) {
    this.access = access;
    this.context = context;
    this.present = access.open(serial);
    this.serial = this.present.facts.serial || serial;
  }

  /** The unit; undefined while it is gone. */
  get unit(): ScopeUnit | undefined {
    return this.present;
  }

  /** Serial number of the unit, also while it is gone. */
  get name(): string {
    return this.serial;
  }

  /** A call went well: the next trouble is a new one. */
  succeeded(): void {
    this.failures = 0;
  }

  /**
   * A call failed. `retry`: stop and arm again; `gone`: the unit was given up and will be looked for. What is no
   * failure of the unit is thrown on.
   */
  failed(thrown: unknown): 'retry' | 'gone' {
    if (!(thrown instanceof ScopeError)) throw thrown;
    this.failures += 1;
    this.context.log('warn', thrown.message);
    if (!thrown.gone && this.failures <= tries && this.quieten()) return 'retry';
    this.release();
    return 'gone';
  }

  /** Looks for a unit that is gone, at most once a second; true when it is back. */
  look(fast: boolean): boolean {
    const now = performance.now();
    if (!fast && now - this.lookedAtMs < lookEveryMs) return false;
    this.lookedAtMs = now;
    try {
      this.present = this.access.open(this.serial);
      this.failures = 0;
      return true;
    } catch {
      return false;
    }
  }

  /** Releases the unit and the way to it. */
  close(): void {
    this.release();
    this.access.close();
  }

  private quieten(): boolean {
    try {
      this.present?.stop();
      return true;
    } catch {
      return false;
    }
  }

  private release(): void {
    this.quieten();
    this.present?.close();
    this.present = undefined;
  }
}
