import { z } from 'zod';
import { int64Text } from '../codec/int64.js';

/** STOP: nobody expects data. READY: every source and consumer is prepared. RUN: data is taken. */
export const runState = z.enum(['STOP', 'READY', 'RUN']).meta({ id: 'RunState' });
/** Where within a state a detector is. */
export const runPhase = z
  .enum(['idle', 'preparing', 'starting', 'taking', 'paused', 'draining', 'closing'])
  .meta({ id: 'RunPhase' });
/** How well it is. `unreachable` is said by the api when heartbeats are missing, never by acquisition itself. */
export const health = z.enum(['ok', 'degraded', 'fault', 'unreachable']).meta({ id: 'Health' });
/** How a run ended. */
export const runOutcome = z
  .enum(['completed', 'aborted', 'interrupted', 'failed'])
  .meta({ id: 'RunOutcome' });

export type RunState = z.infer<typeof runState>;
export type RunPhase = z.infer<typeof runPhase>;
export type Health = z.infer<typeof health>;
export type RunOutcome = z.infer<typeof runOutcome>;

/** What an operator can ask of a detector. `start` is prepare and begin in one, and takes a free baton. */
export const runCommandName = z
  .enum(['start', 'prepare', 'begin', 'pause', 'resume', 'end', 'abort'])
  .meta({ id: 'RunCommandName' });
export type RunCommandName = z.infer<typeof runCommandName>;

/** When a run ends by itself; whichever limit is met first. */
export const runLimits = z
  .strictObject({
    events: z
      .number()
      .int()
      .positive()
      .max(1e12)
      .optional()
      .meta({ title: 'Events', description: 'Stop after so many recorded events' }),
    seconds: z.number().positive().max(31_536_000).optional().meta({
      title: 'Seconds',
      description: 'Stop after so many seconds of taking data, pauses not counted',
    }),
  })
  .meta({ id: 'RunLimits' });
export type RunLimits = z.infer<typeof runLimits>;

/** What a person says about a run when starting it. */
export const runRequest = z
  .strictObject({
    mode: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .meta({ title: 'Mode', description: 'Name of the detector configuration; the active one when empty' }),
    tags: z.array(z.string().min(1).max(64)).max(32).default([]),
    comment: z.string().max(4000).default(''),
    limits: runLimits.default({}),
  })
  .meta({ id: 'RunRequest' });
export type RunRequest = z.infer<typeof runRequest>;

/** Counters of a run or a source; int64 as text. Times in ns. Named dead times are apart from live time. */
export const runCounters = z
  .strictObject({
    triggers: int64Text,
    recorded: int64Text,
    dropped: int64Text,
    written: int64Text,
    durable: int64Text,
    bytes: int64Text,
    runTimeNs: int64Text,
    liveTimeNs: int64Text,
    deviceDeadNs: int64Text,
    bufferDeadNs: int64Text,
    pausedNs: int64Text,
    countedUntilNs: int64Text.exactOptional().meta({
      description:
        'Of a run that was cut off: when its times were kept last, ns since 1970. Events are counted beyond that, as far as they are on the disk. Absent: everything is counted to the end.',
    }),
  })
  .meta({ id: 'RunCounters' });
export type RunCounters = z.infer<typeof runCounters>;

/** Counters of a run that has not begun. */
export const zeroCounters: RunCounters = Object.freeze({
  triggers: '0',
  recorded: '0',
  dropped: '0',
  written: '0',
  durable: '0',
  bytes: '0',
  runTimeNs: '0',
  liveTimeNs: '0',
  deviceDeadNs: '0',
  bufferDeadNs: '0',
  pausedNs: '0',
});
