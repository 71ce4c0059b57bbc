import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { health, runCommandName, runCounters, runPhase, runState } from './run-state.js';

/** Value of a driver's signal at one time. */
export const signalReading = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
    unit: z.string(),
    writable: z.boolean(),
    severity: z.enum(['ok', 'minor', 'major', 'invalid']),
    /** When the value was read, wall clock. */
    at: z.iso.datetime(),
    /** Expected time between readings; a value older than three periods is stale. */
    periodMs: z.number(),
  })
  .meta({ id: 'SignalReading' });
export type SignalReading = z.infer<typeof signalReading>;

/** One source of a detector as its acquisition process last saw it. */
export const sourceStatus = z
  .strictObject({
    name: z.string(),
    driver: z.string(),
    state: runState,
    phase: runPhase,
    health,
    message: z.string(),
    counters: runCounters,
    ring: z.strictObject({ slots: z.number(), filled: z.number() }),
    channels: z.array(z.number().int()),
    signals: z.array(signalReading),
  })
  .meta({ id: 'SourceStatus' });
export type SourceStatus = z.infer<typeof sourceStatus>;

/** Who steers a detector. The token grows with each change of holder and is what acquisition checks. */
export const batonStatus = z
  .strictObject({
    holder: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
    note: z.string(),
    since: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    token: int64Text,
    /** True when it is the asking person's own; false in broadcasts. */
    mine: z.boolean(),
  })
  .meta({ id: 'BatonStatus' });
export type BatonStatus = z.infer<typeof batonStatus>;

/** What the detector is asked to be. */
export const detectorGoal = z
  .strictObject({
    state: runState,
    paused: z.boolean(),
    by: z.string().nullable(),
    since: z.iso.datetime().nullable(),
    /** Grows with each accepted command; commands may name the version they were made against. */
    version: z.number().int(),
  })
  .meta({ id: 'DetectorGoal' });
export type DetectorGoal = z.infer<typeof detectorGoal>;

/** Goal and actual state of a detector side by side; `at` is when acquisition last reported. */
export const detectorStatus = z
  .strictObject({
    detector: z.string(),
    title: z.string(),
    goal: detectorGoal,
    state: runState,
    phase: runPhase,
    health,
    /** Why health is not ok, or what is going on; empty when there is nothing to say. */
    message: z.string(),
    at: z.iso.datetime().nullable(),
    run: z
      .strictObject({
        id: z.uuid(),
        number: z.number().int(),
        startedAt: z.iso.datetime().nullable(),
        limits: z.strictObject({ events: z.number().optional(), seconds: z.number().optional() }),
        mode: z.string(),
      })
      .nullable(),
    counters: runCounters,
    sources: z.array(sourceStatus),
    baton: batonStatus,
    disk: z
      .strictObject({ freeBytes: z.number(), totalBytes: z.number(), secondsLeft: z.number().nullable() })
      .nullable(),
    worstAlarm: z.enum(['none', 'info', 'warning', 'alarm']),
    /** For each command: whether it may be sent now to this detector, and if not why (role and baton aside). */
    commands: z.array(z.strictObject({ command: runCommandName, allowed: z.boolean(), reason: z.string() })),
  })
  .meta({ id: 'DetectorStatus' });
export type DetectorStatus = z.infer<typeof detectorStatus>;
