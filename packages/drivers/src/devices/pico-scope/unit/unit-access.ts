import type { RecordTruth } from '../pico-scope.tables.js';
import type { ScopeUnit } from './scope-unit.js';

/** Way to a unit: the vendor's library, or the simulated one. */
export interface UnitAccess {
  /** Opens the unit; the first free one, or that with a serial number. Throws a DriverError when it is not there. */
  open(serial: string): ScopeUnit;
  /** True when the unit's clock runs as fast as it is used. */
  readonly fast: boolean;
  /** What is known of a record by its number since the unit was opened; undefined for real units. */
  truth?(record: number): RecordTruth | undefined;
  /** Releases what the access holds. */
  close(): void;
}
