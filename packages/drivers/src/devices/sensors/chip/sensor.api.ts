import type { z } from 'zod';
import type { Ports } from '../../../transports/ports/ports.api.js';

/** What a channel of a sensor measures. */
export interface SensorChannel {
  /** Short name, unique within the sensor: `temperature`, `A0`. */
  readonly name: string;
  /** In the notation of LH5 files (`V`, `degC`, `hPa`); empty for pure numbers. */
  readonly unit: string;
  /** Ends of what the chip can measure, in the unit. */
  readonly low: number;
  readonly high: number;
}

/** A sensor that was opened and set up. */
export interface Sensor {
  /** One value per channel; NaN where the chip has none. Throws a DriverError that names chip, place and way out. */
  read(): Promise<readonly number[]>;
  /** Lets go of what it holds (pins); the buses stay open. */
  close(): void;
}

/** What can be done with sensors of a kind, by their settings. */
export interface SensorFamily<S> {
  readonly kind: string;
  readonly title: string;
  /** Addresses at an I2C bus that chips of the kind can have. */
  readonly addresses?: readonly number[];
  channels(settings: S): readonly SensorChannel[];
  /** Sensors of one port are read one after the other, those of different ports at the same time. */
  port(settings: S): string;
  /** Where it is, for a person: `/dev/i2c-1 0x48`. */
  place(settings: S): string;
  /** Finds the chip, checks that it is one of this kind, and sets it up. Throws a DriverError with the way out. */
  open(settings: S, ports: Ports): Promise<Sensor>;
}

/** A kind of sensor: its settings, what it measures, and how it is opened. */
export interface SensorKind<Z extends z.ZodType> extends SensorFamily<z.output<Z>> {
  /** Strict object whose `kind` is a literal. */
  readonly settings: Z;
}

/** Keeps the type of the settings while a kind is written down. */
export function defineSensor<Z extends z.ZodType>(kind: SensorKind<Z>): SensorKind<Z> {
  return kind;
}
