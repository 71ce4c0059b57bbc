import { z } from 'zod';
import type { AcquireResult } from '../core/driver.js';
import { defineDriver } from '../core/driver-definition.js';
import { createRegistry } from '../core/registry.js';
import { ScriptedDriver } from './scripted-driver.js';

const configSchema = z.strictObject({ trouble: z.enum(['connect', 'acquire', 'die', 'hang', 'talk']) });

class DifficultDriver extends ScriptedDriver {
  private readonly trouble: string;

  constructor(trouble: string) {
    super();
    this.trouble = trouble;
  }

  override acquire(): Promise<AcquireResult> {
    if (this.trouble === 'acquire') throw new Error('link lost');
    if (this.trouble === 'die') process.exit(3);
    return Promise.resolve({ kind: 'idle', waitMs: 5 });
  }

  override close(): Promise<void> {
    return this.trouble === 'hang' ? new Promise(() => undefined) : Promise.resolve();
  }
}

/** A registry with one device that fails as its configuration says. */
export const registry = createRegistry([
  defineDriver({
    kind: 'difficult',
    title: 'Difficult device',
    description: 'Fails as configured.',
    configSchema,
    capabilities: { endsByItself: false, pushes: false, native: false, simulator: false },
    commands: {},
    signals: () => [],
    create: ({ trouble }, context) => {
      if (trouble === 'talk') context.log('info', `hello from ${context.source}`);
      if (trouble === 'connect') throw new Error('nobody answers at 10.0.0.7');
      return Promise.resolve(new DifficultDriver(trouble));
    },
    createSimulator: ({ trouble }) => Promise.resolve(new DifficultDriver(trouble)),
    probe: () => Promise.resolve({ found: false, message: 'never there', facts: {} }),
  }),
]);
