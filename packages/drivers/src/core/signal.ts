/** Value of a signal: number (NaN never; null in a reading means "no value"), truth value or text. */
export type SignalValue = number | boolean | string;

/** Judgement of a reading; `invalid` = could not be read or outside what the type allows. */
export type Severity = 'ok' | 'warning' | 'alarm' | 'invalid';

/** Closed range; a missing side is open. In the signal's unit. */
export interface Band {
  readonly low?: number;
  readonly high?: number;
}

/** A readback or setting of a device, for browsing, slow control and alarms. */
export interface SignalDefinition {
  /** Path unique within the driver: `temperature`, `ch0/rate`. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'text' | 'choice';
  /** Unit in the notation of LH5 files (`V`, `Hz`, `degC`); absent for pure numbers and texts. */
  readonly unit?: string;
  /** Allowed texts of a `choice`. */
  readonly choices?: readonly string[];
  readonly access: 'readback' | 'setting';
  /** Values that a setting accepts. */
  readonly limits?: Band;
  /** Readings outside are of severity `warning`. */
  readonly warning?: Band;
  /** Readings outside are of severity `alarm`; wider than `warning`. */
  readonly alarm?: Band;
  /** How often it is read while the source lives, in ms (at least 50). */
  readonly periodMs: number;
}

/** A signal's value at a time. `value` is null when the device gave none (severity `invalid`). */
export interface SignalReading {
  readonly name: string;
  readonly value: SignalValue | null;
  /** Wall clock of the reading, ns since 1970. */
  readonly timeNs: bigint;
  readonly severity: Severity;
}

function outside(value: number, band: Band | undefined): boolean {
  if (band === undefined) return false;
  return (band.low !== undefined && value < band.low) || (band.high !== undefined && value > band.high);
}

/** Severity of a value by the definition's bands; NaN, infinities, wrong types and no value are `invalid`. */
export function severityOf(definition: SignalDefinition, value: SignalValue | null): Severity {
  if (faultOf(definition, value) !== undefined) return 'invalid';
  if (typeof value !== 'number') return 'ok';
  if (outside(value, definition.alarm)) return 'alarm';
  return outside(value, definition.warning) ? 'warning' : 'ok';
}

/**
 * Why a value does not fit a signal's type, choices or limits (limits bind settings only); undefined when it
 * fits. The text is meant for a person.
 */
export function faultOf(definition: SignalDefinition, value: SignalValue | null): string | undefined {
  const { name, type, choices = [], limits = {}, unit = '' } = definition;
  if (value === null) return `${name} has no value`;
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : `${name} takes true or false`;
  if (type === 'text') return typeof value === 'string' ? undefined : `${name} takes a text`;
  if (type === 'choice') {
    return typeof value === 'string' && choices.includes(value)
      ? undefined
      : `${name} takes one of ${choices.join(', ')}`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${name} takes a finite number`;
  if (type === 'integer' && !Number.isInteger(value)) return `${name} takes a whole number`;
  if (definition.access === 'setting' && outside(value, limits)) {
    return `${name} takes ${limits.low ?? 'any'} to ${limits.high ?? 'any'} ${unit}`.trimEnd();
  }
  return undefined;
}
