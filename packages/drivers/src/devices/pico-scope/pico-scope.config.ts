import { z } from 'zod';
import { checkPicoScope } from './settings/check.js';
import { etsConfig } from './settings/ets.config.js';
import { familyNames } from './settings/families.js';
import { findingText } from './settings/finding.js';
import { generatorConfig } from './settings/generator.config.js';
import { simulationConfig } from './settings/simulation.config.js';
import { triggerConfig } from './settings/trigger.config.js';

const channel = z
  .strictObject({
    name: z.string().max(20).meta({ title: 'Channel', description: 'its letter' }),
    rangeV: z
      .number()
      .default(0.5)
      .meta({ title: 'Range (half span)', unit: 'V', description: 'the next larger one is taken' }),
    offsetV: z
      .number()
      .default(0)
      .meta({ title: 'Offset', unit: 'V', description: 'added before digitising' }),
    coupling: z.enum(['AC', 'DC']).default('AC').meta({ title: 'Coupling' }),
    colour: z.string().max(40).default('').meta({ title: 'Colour in plots' }),
  })
  .meta({ title: 'Channel' });

/** Shape of the configuration; what depends on the model is checked on top of it. */
export const picoScopeShape = z
  .strictObject({
    family: z.enum(familyNames).default('2000a').meta({ title: 'Driver family' }),
    serial: z
      .string()
      .max(40)
      .default('')
      .meta({ title: 'Serial number', description: 'empty: the first free unit' }),
    model: z
      .string()
      .max(40)
      .default('')
      .meta({ title: 'Model', description: 'such as 2406B; empty: whatever is found' }),
    channels: z
      .array(channel)
      .min(1)
      .max(8)
      .default([{ name: 'A', rangeV: 0.5, offsetV: 0, coupling: 'AC', colour: '' }])
      .meta({ title: 'Channels', description: 'the order is that of the data' }),
    recordS: z.number().default(10e-6).meta({ title: 'Length of a record', unit: 's' }),
    samples: z
      .number()
      .default(200)
      .meta({ title: 'Samples per record', description: 'at least; the length is kept' }),
    preTrigger: z.number().default(0.05).meta({ title: 'Share of the record before the trigger' }),
    trigger: triggerConfig,
    ets: etsConfig,
    generator: generatorConfig,
    mode: z.enum(['block', 'rapid-block', 'streaming']).default('block').meta({
      title: 'Mode',
      description:
        'block: one record per arming; rapid-block: many, little dead time; streaming: without gap or trigger',
    }),
    captures: z.number().default(100).meta({ title: 'Records per rapid block' }),
    latencyMs: z
      .number()
      .default(500)
      .meta({ title: 'A rapid block is fetched at the latest after', unit: 'ms' }),
    polling: z.enum(['sparing', 'eager']).default('sparing').meta({
      title: 'Waiting for the device',
      description: 'eager: least dead time, keeps a processor core busy',
    }),
    legacyScale: z.boolean().default(false).meta({
      title: 'Full scale of the old programs',
      description: '32764 counts, to compare with their data',
    }),
    library: z
      .string()
      .max(4096)
      .default('')
      .meta({ title: 'Library', description: 'path of the shared library; empty: the usual places' }),
    maxEvents: z.int().min(0).default(0).meta({ title: 'Stop after events', description: '0: no limit' }),
    simulation: simulationConfig,
  })
  .meta({ title: 'PicoScope' });

/** Configuration with all defaults filled in. */
export type PicoScopeConfig = z.output<typeof picoScopeShape>;
/** Settings of one channel. */
export type PicoChannelConfig = PicoScopeConfig['channels'][number];

/** Configuration of a PicoScope, with every finding of the whole told at once. */
export const picoScopeConfig = picoScopeShape.superRefine((config, context) => {
  for (const finding of checkPicoScope(config)) {
    if (finding.severity !== 'error') continue;
    const path = finding.place.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    context.addIssue({ code: 'custom', path, message: findingText(finding) });
  }
});
