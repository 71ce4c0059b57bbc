import { z } from 'zod';
import { int64Text } from '../codec/int64.js';

/** Figures of a stretch of run time, pauses left out. */
export const windowFigures = z.strictObject({
  /** Length of the window in s of run time; null for the whole run. */
  seconds: z.number().nullable(),
  events: int64Text,
  rateHz: z.number(),
  /** Live part, and the named dead parts, each 0 to 1; together 1. */
  liveFraction: z.number(),
  deadFractions: z.record(z.string(), z.number()),
});
export type WindowFiguresFrame = z.infer<typeof windowFigures>;

/** A consumer of a source's data: its health, exact counters, and numbers of its own. */
export const consumerStatus = z
  .strictObject({
    name: z.string(),
    source: z.string(),
    /** What it reads: the source, or another consumer's kept events. */
    input: z.string(),
    kind: z.string(),
    policy: z.string(),
    state: z.enum(['starting', 'working', 'restarting', 'failed', 'ended']),
    /** Why it is not well; empty when it is. */
    message: z.string(),
    /** Records of the ring: offered = delivered + dropped + lag. */
    offered: int64Text,
    delivered: int64Text,
    dropped: int64Text,
    lag: int64Text,
    /** Records that it had in hand when it died. */
    unfinished: int64Text,
    lagMs: z.number(),
    /** Time that it held one record, mean and longest, ms. */
    serviceMeanMs: z.number(),
    serviceMaxMs: z.number(),
    events: int64Text,
    kept: int64Text,
    incomplete: int64Text,
    restarts: z.number().int(),
    counts: z.record(z.string(), z.number()),
    values: z.record(z.string(), z.number()),
  })
  .meta({ id: 'ConsumerStatus' });
export type ConsumerStatusFrame = z.infer<typeof consumerStatus>;

/** View of the buffer manager of a detector. */
export const buffersFrame = z
  .strictObject({
    run: z.number().int().nullable(),
    phase: z.string(),
    /** Start of the run, wall clock; null without one. */
    startedAt: z.iso.datetime().nullable(),
    /** Run time and pauses, s; events and live time, s. */
    runSeconds: z.number(),
    pausedSeconds: z.number(),
    events: int64Text,
    liveSeconds: z.number(),
    /** The last second, the last ten, the whole run. */
    windows: z.array(windowFigures),
    /** Rate of the last minutes, oldest first, one point per `historyStepMs`. */
    history: z.array(z.number()),
    historyStepMs: z.number(),
    sources: z.array(
      z.strictObject({
        name: z.string(),
        slots: z.number(),
        /** Part of the ring in use, 0 to 1. */
        fill: z.number(),
        full: z.boolean(),
      }),
    ),
    consumers: z.array(consumerStatus),
  })
  .meta({ id: 'BuffersFrame' });
export type BuffersFrame = z.infer<typeof buffersFrame>;

/** Header of a frame of histograms of consumers; the payload holds float32 counts, histogram after histogram. */
export const histogramsFrame = z
  .strictObject({
    run: z.number().int().nullable(),
    histograms: z.array(
      z.strictObject({
        consumer: z.string(),
        name: z.string(),
        title: z.string(),
        unit: z.string(),
        min: z.number(),
        max: z.number(),
        bins: z.number().int(),
        logarithmic: z.boolean(),
        entries: z.number(),
        underflow: z.number(),
        overflow: z.number(),
        /** Out of the bin centres; null while there is nothing. */
        mean: z.number().nullable(),
        sigma: z.number().nullable(),
        offset: z.number().int(),
        length: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'HistogramsFrame' });
export type HistogramsFrame = z.infer<typeof histogramsFrame>;

/** Values of a voltmeter, per channel out of its newest record. */
export const metersFrame = z
  .strictObject({
    run: z.number().int().nullable(),
    channels: z.array(
      z.strictObject({
        channel: z.number().int(),
        source: z.string(),
        label: z.string(),
        unit: z.string(),
        /** Mean of the samples, √(mean of squares) with the DC part, and standard deviation. */
        mean: z.number(),
        effective: z.number(),
        sigma: z.number(),
        /** Largest absolute value of the record, with its sign: the pulse height of a bar display. */
        peak: z.number(),
        /** Ends of what the channel can measure; null when not known. */
        low: z.number().nullable(),
        high: z.number().nullable(),
        /** Whether the device triggers on this channel. */
        triggers: z.boolean().optional(),
      }),
    ),
    /** Channels whose newest record has no value, or that had no record yet. */
    silent: z
      .array(
        z.strictObject({
          channel: z.number().int(),
          source: z.string(),
          label: z.string(),
          unit: z.string(),
          /** Time since the channel last had a value, s; null when it had none in this run. */
          ageS: z.number().nullable(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'MetersFrame' });
export type MetersFrame = z.infer<typeof metersFrame>;
