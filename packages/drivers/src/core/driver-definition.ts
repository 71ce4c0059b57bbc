import type { z } from 'zod';
import type { CommandDefinition } from './command.js';
import type { Driver, DriverContext } from './driver.js';
import type { SignalDefinition } from './signal.js';

/** What a kind of device can do; the owner and the form go by it. */
export interface DriverCapabilities {
  /** Paces itself by its own data (replay): a run may end by itself. */
  readonly endsByItself: boolean;
  /** Sends without being asked: when the ring is full, data is dropped and counted instead of held back. */
  readonly pushes: boolean;
  /** Uses sockets or foreign functions: its thread must never be terminated from outside. */
  readonly native: boolean;
  /** Can be run with no hardware by `createSimulator`. */
  readonly simulator: boolean;
}

/** Answer of a look at the device without setting it up. */
export interface ProbeResult {
  readonly found: boolean;
  /** What was found, or what is missing and how to mend it; for a person. */
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/**
 * A kind of device: how it is configured, what it can do, and how to make one. Definitions are plain values
 * listed in a registry; nothing registers itself.
 */
export interface DriverDefinition<C extends z.ZodType = z.ZodType, D extends Driver = Driver> {
  /** Stable name in kebab-case, kept in configurations. */
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  /** Strict object schema with a default for everything that can have one; `.meta({ title, unit })` per key. */
  readonly configSchema: C;
  readonly capabilities: DriverCapabilities;
  /** Operators' routines by name (kebab-case). */
  readonly commands: Readonly<Record<string, CommandDefinition<D>>>;
  /** Readbacks and settings of a device configured so. */
  signals(config: z.output<C>): readonly SignalDefinition[];
  /** Connects to the device. */
  create(config: z.output<C>, context: DriverContext): Promise<D>;
  /** The same device played by software, with seeded data of known truth. */
  createSimulator(config: z.output<C>, context: DriverContext): Promise<D>;
  /** Looks whether the device is there; never throws for a missing one. */
  probe(config: z.output<C>): Promise<ProbeResult>;
}

/** Keeps the types of configuration and driver while a definition is written down. */
export function defineDriver<C extends z.ZodType, D extends Driver>(
  definition: DriverDefinition<C, D>,
): DriverDefinition<C, D> {
  return definition;
}
