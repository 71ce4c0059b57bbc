import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { batonStatus, detectorStatus } from '../run/detector-status.js';
import { runCommandName, runRequest } from '../run/run-state.js';
import { jsonObject, jsonSchemaDocument, moment, slug } from './common.js';
import { consumerConfiguration, consumerInfo } from './consumers.js';
import { defineEndpoint } from './endpoint.js';

const detectorPath = z.strictObject({ detector: slug });

/** A detector as configured. `kind: files` has no acquisition: its runs are imported recordings. */
export const detector = z
  .strictObject({
    id: z.uuid(),
    name: slug,
    title: z.string(),
    kind: z.enum(['live', 'files']),
    enabled: z.boolean(),
    /** Version of the active detector configuration. */
    configuration: z
      .strictObject({ id: z.uuid(), name: z.string(), version: z.number().int(), versionId: z.uuid() })
      .nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Detector' });
export type Detector = z.infer<typeof detector>;

const lampPin = z.number().int().min(0).max(1023).nullable().default(null);

/** Lamps at pins that show a run and its read-out. */
const lampSettings = z
  .strictObject({
    chip: z
      .number()
      .int()
      .min(0)
      .max(255)
      .default(0)
      .meta({ title: 'Chip of pins', description: 'N of /dev/gpiochipN: 0 on a Raspberry Pi' }),
    runPin: lampPin.meta({
      title: 'Pin of the lamp of the run',
      description: 'on while data is taken; GPIO 24 is 24',
    }),
    readoutPin: lampPin.meta({
      title: 'Pin of the lamp of the read-out',
      description: 'flashes when events were read out',
    }),
    mostPerSecond: z.number().min(0.5).max(5).default(5).meta({
      title: 'Flashes per second',
      unit: 'Hz',
      description: 'at most',
    }),
    activeLow: z.boolean().default(false).meta({ title: 'Lamps shine at a low level' }),
  })
  .refine(({ runPin, readoutPin }) => runPin !== null || readoutPin !== null, {
    path: ['runPin'],
    message: 'give the pin of one lamp at least',
  })
  .refine(({ runPin, readoutPin }) => runPin === null || runPin !== readoutPin, {
    path: ['readoutPin'],
    message: 'is the pin of the other lamp',
  })
  .meta({ title: 'Status lamps' });

/** Content of a detector configuration: its sources, each a driver with that driver's own settings. */
export const detectorConfiguration = z
  .strictObject({
    sources: z
      .array(
        z.strictObject({
          name: slug,
          driver: z.string().min(1).max(64),
          simulated: z.boolean().default(false),
          config: jsonObject,
        }),
      )
      .min(1)
      .max(64),
    /** Memory between driver and disk: slots × slotBytes bytes for each source, at most 1 GiB. */
    ring: z
      .strictObject({
        slots: z.number().int().min(4).max(65_536).default(1024).meta({ title: 'Records it is for' }),
        slotBytes: z
          .number()
          .int()
          .min(4096)
          .max(268_435_456)
          .default(32_768)
          .meta({ title: 'Space for each', unit: 'byte' }),
      })
      .prefault({})
      .meta({
        title: 'Buffer',
        description: 'between each source and disk: number times space, at most 1 GiB',
      }),
    spool: z
      .strictObject({
        segmentBytes: z
          .number()
          .int()
          .min(1_048_576)
          .max(17_179_869_184)
          .default(268_435_456)
          .meta({ title: 'Largest file', unit: 'byte' }),
        minimumFreeBytes: z.number().int().min(0).default(1_073_741_824).meta({
          title: 'Space to leave on the disk',
          unit: 'byte',
          description: 'with less a run is ended',
        }),
      })
      .prefault({})
      .meta({ title: 'Files of a run', description: 'that are written while it is taken' }),
    /** What a run is watched for; a limit that is absent raises no alarm. */
    alarms: z
      .strictObject({
        rateBelowHz: z.number().min(0).optional().meta({ title: 'Rate below', unit: 'Hz' }),
        rateAboveHz: z.number().min(0).optional().meta({ title: 'Rate above', unit: 'Hz' }),
        noEventSeconds: z
          .number()
          .min(1)
          .max(86_400)
          .optional()
          .meta({ title: 'No event for', unit: 's', description: 'such as a trigger that never fires' }),
        livePercentBelow: z.number().min(0).max(100).optional().meta({ title: 'Live below', unit: '%' }),
        averageSeconds: z
          .number()
          .min(2)
          .max(3600)
          .default(10)
          .meta({ title: 'Rate and live share over the last', unit: 's' }),
      })
      .optional()
      .meta({ title: 'Alarms' }),
    /** Lamps at pins of the machine that takes the data; absent: none. */
    lamps: lampSettings.optional(),
    /** What looks at events during a run; absent: nothing but the display. */
    consumers: z.array(consumerConfiguration).max(16).optional(),
  })
  .meta({ id: 'DetectorConfiguration' });
export type DetectorConfiguration = z.infer<typeof detectorConfiguration>;

/** A driver that sources can use: its settings as JSON Schema, its signals and commands. */
export const driverInfo = z
  .strictObject({
    kind: z.string(),
    title: z.string(),
    description: z.string(),
    capabilities: z.array(z.string()),
    configSchema: jsonSchemaDocument,
    signals: z.array(
      z.strictObject({ name: z.string(), title: z.string(), unit: z.string(), writable: z.boolean() }),
    ),
    commands: z.array(
      z.strictObject({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        states: z.array(z.string()),
        paramsSchema: jsonSchemaDocument,
      }),
    ),
  })
  .meta({ id: 'DriverInfo' });
export type DriverInfo = z.infer<typeof driverInfo>;

/** One step of a command's life, in order. `acknowledged` comes first; `completed`, `failed` and `refused` are last. */
export const commandEvent = z
  .strictObject({
    sequence: z.number().int(),
    at: moment,
    kind: z.enum(['acknowledged', 'progress', 'completed', 'failed', 'refused']),
    message: z.string(),
    result: z.json().nullable(),
  })
  .meta({ id: 'CommandEvent' });
export type CommandEvent = z.infer<typeof commandEvent>;

/** A command (stored as an intent) and what became of it. */
export const commandInfo = z
  .strictObject({
    id: z.uuid(),
    detector: slug,
    command: z.string(),
    by: z.string(),
    createdAt: moment,
    events: z.array(commandEvent),
  })
  .meta({ id: 'CommandInfo' });
export type CommandInfo = z.infer<typeof commandInfo>;

/** Body of a run command. */
export const runCommandBody = z
  .strictObject({
    command: runCommandName,
    /** The same key twice is the same command: it takes effect once. */
    idempotencyKey: z.string().min(8).max(128),
    /** Goal version that the person saw; refused when it has changed since. */
    expectedVersion: z.number().int().optional(),
    /** For start, prepare and begin. */
    run: runRequest.optional(),
    reason: z.string().max(1000).default(''),
  })
  .meta({ id: 'RunCommandBody' });
export type RunCommandBody = z.infer<typeof runCommandBody>;

/** Name of the source command that sets a writable signal; its params are `{ signal, value }`. */
export const setSignalCommand = 'set-signal';
/** Name of the source command that ends one of a source's consumers for the rest of the run; its params are `{ consumer }`. */
export const dropConsumerCommand = 'drop-consumer';

/** Detectors, drivers, run commands, baton. */
export const detectorEndpoints = {
  list: defineEndpoint({
    id: 'detectors.list',
    method: 'GET',
    path: '/detectors',
    role: 'viewer',
    summary: 'List detectors',
    response: z.array(detector),
  }),
  create: defineEndpoint({
    id: 'detectors.create',
    method: 'POST',
    path: '/detectors',
    role: 'administrator',
    summary: 'Create a detector',
    body: z.strictObject({
      name: slug,
      title: z.string().max(200).default(''),
      kind: z.enum(['live', 'files']),
      configuration: detectorConfiguration.optional(),
    }),
    response: detector,
  }),
  update: defineEndpoint({
    id: 'detectors.update',
    method: 'PATCH',
    path: '/detectors/:detector',
    role: 'expert',
    detectorParam: 'detector',
    summary: 'Rename, enable or disable a detector, or choose its active configuration version',
    params: detectorPath,
    body: z.strictObject({
      title: z.string().max(200).optional(),
      enabled: z.boolean().optional(),
      configurationVersionId: z.uuid().optional(),
    }),
    response: detector,
  }),
  status: defineEndpoint({
    id: 'detectors.status',
    method: 'GET',
    path: '/detectors/:detector/status',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'Goal and actual state',
    params: detectorPath,
    response: detectorStatus,
  }),
  statuses: defineEndpoint({
    id: 'detectors.statuses',
    method: 'GET',
    path: '/detector-statuses',
    role: 'viewer',
    summary: 'Goal and actual state of every live detector',
    response: z.array(detectorStatus),
  }),
  command: defineEndpoint({
    id: 'run-control.command',
    method: 'POST',
    path: '/detectors/:detector/commands',
    role: 'shifter',
    detectorParam: 'detector',
    summary: 'Ask for a change of the run state; the answer is the acknowledgement',
    params: detectorPath,
    body: runCommandBody,
    response: commandInfo,
  }),
  getCommand: defineEndpoint({
    id: 'run-control.get-command',
    method: 'GET',
    path: '/detectors/:detector/commands/:id',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'What became of a command',
    params: z.strictObject({ detector: slug, id: z.uuid() }),
    response: commandInfo,
  }),
  sourceCommand: defineEndpoint({
    id: 'run-control.source-command',
    method: 'POST',
    path: '/detectors/:detector/sources/:source/commands',
    role: 'shifter',
    detectorParam: 'detector',
    summary: "Run one of a driver's commands or set a writable signal",
    params: z.strictObject({ detector: slug, source: slug }),
    body: z.strictObject({
      name: z.string().min(1).max(64),
      params: jsonObject.default({}),
      idempotencyKey: z.string().min(8).max(128),
    }),
    response: commandInfo,
  }),
  baton: defineEndpoint({
    id: 'baton.get',
    method: 'GET',
    path: '/detectors/:detector/baton',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'Who steers',
    params: detectorPath,
    response: batonStatus,
  }),
  takeBaton: defineEndpoint({
    id: 'baton.take',
    method: 'POST',
    path: '/detectors/:detector/baton/take',
    role: 'shifter',
    detectorParam: 'detector',
    summary: 'Take a free baton, or take it over with a reason',
    params: detectorPath,
    body: z.strictObject({
      note: z.string().max(500).default(''),
      takeOver: z.boolean().default(false),
      reason: z.string().max(500).default(''),
    }),
    response: batonStatus,
  }),
  handBaton: defineEndpoint({
    id: 'baton.hand-over',
    method: 'POST',
    path: '/detectors/:detector/baton/hand-over',
    role: 'shifter',
    detectorParam: 'detector',
    summary: 'Hand the baton to another person',
    params: detectorPath,
    body: z.strictObject({ to: z.string().max(63), note: z.string().max(500).default('') }),
    response: batonStatus,
  }),
  releaseBaton: defineEndpoint({
    id: 'baton.release',
    method: 'POST',
    path: '/detectors/:detector/baton/release',
    role: 'shifter',
    detectorParam: 'detector',
    summary: 'Lay the baton down',
    params: detectorPath,
    body: z.strictObject({}),
    response: batonStatus,
  }),
  drivers: defineEndpoint({
    id: 'drivers.list',
    method: 'GET',
    path: '/drivers',
    role: 'viewer',
    summary: 'Drivers that sources can use',
    response: z.array(driverInfo),
  }),
  consumers: defineEndpoint({
    id: 'consumers.list',
    method: 'GET',
    path: '/consumers',
    role: 'viewer',
    summary: 'Kinds of consumers that detectors can use',
    response: z.array(consumerInfo),
  }),
};

/** Token that acquisition checks: the baton's at the time of the command. */
export const fencingToken = int64Text;
