import { z } from 'zod';
import { alarm } from '../http/alarms.endpoints.js';
import { slug } from '../http/common.js';
import { jobInfo, jobLogLine } from '../http/jobs.endpoints.js';
import { logEntry } from '../http/runs.endpoints.js';
import { detectorStatus } from '../run/detector-status.js';
import { buffersFrame, histogramsFrame, metersFrame } from './instruments.js';

/**
 * How a topic's frames relate. `latest`: each frame is complete, the newest wins. `cumulative`: the gateway holds the
 * full state and sends each viewer the difference to what that viewer acknowledged last. `log`: ordered lines with a
 * cursor; a viewer that missed some asks from its cursor on.
 */
export type TopicKind = 'latest' | 'cumulative' | 'log';

const perDetector = z.strictObject({ detector: slug });

/** Rates of one channel over the last second. */
export const channelRate = z.strictObject({
  channel: z.number().int(),
  source: z.string(),
  /** Name of the channel on its device. */
  label: z.string().optional(),
  rateHz: z.number(),
  recorded: z.number(),
});
/** Rates of a detector. */
export const ratesFrame = z
  .strictObject({
    run: z.number().int().nullable(),
    channels: z.array(channelRate),
    totalHz: z.number(),
    bytesPerSecond: z.number(),
    /** Share of the last interval in which the device, or the buffer, could not take events; 0 to 1. */
    deviceDeadFraction: z.number(),
    bufferDeadFraction: z.number(),
    bufferFill: z.number(),
    /** Total rate of the last minutes, oldest first, one point per `historyStepMs`. */
    history: z.array(z.number()),
    historyStepMs: z.number(),
  })
  .meta({ id: 'RatesFrame' });
export type RatesFrame = z.infer<typeof ratesFrame>;

/** Header of a frame of waveforms; the payload holds float32 values, waveform after waveform. */
export const waveformsFrame = z
  .strictObject({
    run: z.number().int().nullable(),
    waveforms: z.array(
      z.strictObject({
        channel: z.number().int(),
        source: z.string(),
        eventNumber: z.string(),
        deviceTimeNs: z.string(),
        /** Unix time of the trigger, ms; null when the device does not say. */
        triggeredAtMs: z.number().nullable().optional(),
        dtNs: z.number(),
        t0Ns: z.number(),
        samples: z.number().int(),
        /** Offset in float32 values, and how many. Decimated ones alternate minimum and maximum. */
        offset: z.number().int(),
        length: z.number().int(),
        decimated: z.boolean(),
        unit: z.string(),
        /** Name of the channel on its device. */
        label: z.string().optional(),
        /** Level at which this channel triggers, in `unit`; the trigger is at time 0. */
        triggerLevel: z.number().nullable().optional(),
        /** Ends of what the channel can measure, in `unit`; null when not known. */
        low: z.number().nullable().optional(),
        high: z.number().nullable().optional(),
      }),
    ),
  })
  .meta({ id: 'WaveformsFrame' });
export type WaveformsFrame = z.infer<typeof waveformsFrame>;

/**
 * Header of a frame of spectra. Full frames (`full`) carry every bin; others only what changed since the frame
 * `since`: the payload holds uint32 pairs (bin, counts) per channel, or uint32 counts when full.
 */
export const spectrumFrame = z
  .strictObject({
    run: z.number().int().nullable(),
    /** Grows when the histograms were cleared; differences never cross it. */
    generation: z.number().int(),
    full: z.boolean(),
    since: z.number().int(),
    unit: z.string(),
    min: z.number(),
    max: z.number(),
    bins: z.number().int(),
    channels: z.array(
      z.strictObject({
        channel: z.number().int(),
        source: z.string(),
        entries: z.number(),
        underflow: z.number(),
        overflow: z.number(),
        offset: z.number().int(),
        length: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'SpectrumFrame' });
export type SpectrumFrame = z.infer<typeof spectrumFrame>;

/** Every live topic: its kind, what names one instance of it, the schema of its header, the normal time between frames. */
export const topics = {
  'detector.status': {
    kind: 'latest',
    params: perDetector,
    header: detectorStatus,
    payload: false,
    periodMs: 1000,
  },
  'detector.rates': {
    kind: 'latest',
    params: perDetector,
    header: ratesFrame,
    payload: false,
    periodMs: 1000,
  },
  'detector.waveforms': {
    kind: 'latest',
    params: perDetector,
    header: waveformsFrame,
    payload: true,
    periodMs: 100,
  },
  'detector.spectrum': {
    kind: 'cumulative',
    params: perDetector,
    header: spectrumFrame,
    payload: true,
    periodMs: 1000,
  },
  'detector.buffers': {
    kind: 'latest',
    params: perDetector,
    header: buffersFrame,
    payload: false,
    periodMs: 1000,
  },
  'detector.histograms': {
    kind: 'latest',
    params: perDetector,
    header: histogramsFrame,
    payload: true,
    periodMs: 1000,
  },
  'detector.meters': {
    kind: 'latest',
    params: perDetector,
    header: metersFrame,
    payload: false,
    periodMs: 500,
  },
  'detector.log': { kind: 'log', params: perDetector, header: logEntry, payload: false, periodMs: 0 },
  'job.changed': { kind: 'log', params: z.strictObject({}), header: jobInfo, payload: false, periodMs: 0 },
  'job.log': {
    kind: 'log',
    params: z.strictObject({ job: z.uuid() }),
    header: jobLogLine,
    payload: false,
    periodMs: 0,
  },
  'alarm.changed': { kind: 'log', params: z.strictObject({}), header: alarm, payload: false, periodMs: 0 },
} as const satisfies Record<
  string,
  { kind: TopicKind; params: z.ZodType; header: z.ZodType; payload: boolean; periodMs: number }
>;

/** Name of a live topic. */
export type TopicName = keyof typeof topics;
/** What names one instance of a topic. */
export type TopicParams<T extends TopicName> = z.infer<(typeof topics)[T]['params']>;
/** Header of a topic's frames. */
export type TopicHeader<T extends TopicName> = z.infer<(typeof topics)[T]['header']>;

/** The text that names one instance: `detector.rates:demo`; topics without parameters are just their name. */
export function topicKey<T extends TopicName>(topic: T, params: TopicParams<T>): string {
  const values = Object.values(params as Record<string, string>);
  return values.length === 0 ? topic : `${topic}:${values.join(':')}`;
}
