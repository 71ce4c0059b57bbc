import { z } from 'zod';

const recordingKey = z.union([z.number(), z.string()]);
/** Counts by name: records by type, rows that nobody asked for. */
const counts = z.record(z.string(), z.number());

/** A column as a decoder makes it. */
export const recordingColumn = z
  .strictObject({
    name: z.string(),
    dtype: z.string(),
    /** Of one row; empty for one number. */
    shape: z.array(z.number().int()),
    variableLength: z.boolean(),
    units: z.string().nullable(),
  })
  .meta({ id: 'RecordingColumn' });
export type RecordingColumn = z.infer<typeof recordingColumn>;

/** What was found wrong in the part of a recording that was looked at; lists are cut, counts are not. */
export const recordingFaults = z
  .strictObject({
    records: counts,
    garbageBytes: z.number(),
    garbageCount: z.number().int(),
    /** Of a whole recording: it ends inside of a record. */
    truncated: z.boolean(),
    anomalyCounts: counts,
    clean: z.boolean(),
  })
  .meta({ id: 'RecordingFaults' });

const partOfRecording = {
  format: z.string(),
  title: z.string(),
  /** Names of all decoders of the format. */
  decoders: z.array(z.string()),
  /** Bytes that were looked at, unpacked; of the whole, where that is known. */
  bytes: z.number(),
  totalBytes: z.number().nullable(),
  isWhole: z.boolean(),
  faults: recordingFaults,
};

/** What a recording is and holds, by its first part. */
export const recordingSummary = z
  .strictObject({
    ...partOfRecording,
    facts: z.array(
      z.strictObject({
        decoder: z.string(),
        name: z.string(),
        value: z.json(),
        units: z.string().nullable(),
      }),
    ),
    streams: z.array(
      z.strictObject({
        decoder: z.string(),
        table: z.string(),
        /** The first of its keys, with their rows in the part; `keyCount` counts them all. */
        keys: z.array(z.strictObject({ key: recordingKey, rows: z.number().int() })),
        keyCount: z.number().int(),
        columns: z.array(recordingColumn),
        rows: z.number().int(),
        estimatedRows: z.number().nullable(),
        times: z
          .strictObject({ first: z.number(), last: z.number(), units: z.string().nullable() })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'RecordingSummary' });
export type RecordingSummary = z.infer<typeof recordingSummary>;

/** Tables that a conversion would make of a recording, by its first part. */
export const recordingTables = z
  .strictObject({
    ...partOfRecording,
    tables: z.array(
      z.strictObject({
        stream: z.string(),
        path: z.string(),
        decoder: z.string(),
        keys: z.array(recordingKey),
        keyCount: z.number().int(),
        columns: z.array(recordingColumn),
        rows: z.number().int(),
        estimatedRows: z.number().nullable(),
        /** Of the numbers, before compression; null when there are lists or the rows are not known. */
        estimatedBytes: z.number().nullable(),
      }),
    ),
    /** Header objects. */
    objects: z.array(z.strictObject({ stream: z.string(), path: z.string(), decoder: z.string() })),
    /** Keys by decoder that no group asks for. */
    unclaimed: z.record(z.string(), z.array(recordingKey)),
  })
  .meta({ id: 'RecordingTables' });
export type RecordingTables = z.infer<typeof recordingTables>;
