import type { RecordingColumn, RecordingSummary, RecordingTables } from '@countroom/contracts';
import { DecodeError, type IntegrityReport } from '@countroom/decoders';
import { type ByteInput, StageError } from '@countroom/pipeline';
import { bytesPerElement, type ColumnSchema, rowLength } from '@countroom/records';
import { fileInput, previewDaqToRaw, summarizeRecording } from '@countroom/stages';
import type { ReadingFault, RecordingQuestion, Reply } from './readings.js';

const mostKeys = 1000;

/** Runs in a reading thread: decodes the first part of a recording. */
export async function recordingReply(question: RecordingQuestion): Promise<Reply> {
  const { name } = question.ask;
  try {
    // Some formats keep the time of the start in the name that the file had.
    const input = { ...(await fileInput(question.file)), name };
    const answer =
      question.kind === 'recording' ? await summary(input) : await tables(input, question.ask.config);
    return { ok: true, answer };
  } catch (error) {
    if (error instanceof StageError) return { ok: false, fault: recordingFault(error) };
    throw error;
  }
}

async function summary(input: ByteInput): Promise<RecordingSummary> {
  const { bytes: size } = input;
  const found = await summarizeRecording(input, size === null ? {} : { totalBytes: size });
  const { format, title, decoders, bytes, totalBytes, isWhole, report } = found;
  return {
    format,
    title,
    decoders: [...decoders],
    bytes,
    totalBytes,
    isWhole,
    faults: faultsOf(report, isWhole),
    facts: found.facts.map(({ decoder, name, value, units }) => ({
      decoder,
      name,
      value: jsonValue(value),
      units: units ?? null,
    })),
    streams: found.streams.map(({ keys, columns, ...stream }) => ({
      ...stream,
      keys: keys.slice(0, mostKeys).map((key) => ({ ...key })),
      keyCount: keys.length,
      columns: columns.map(columnOf),
    })),
  };
}

async function tables(input: ByteInput, config: Readonly<Record<string, unknown>>): Promise<RecordingTables> {
  const found = await previewDaqToRaw(config, input);
  const { format, title, decoders, report, isWhole } = found;
  const totalBytes = isWhole ? report.bytes : input.bytes;
  const scale = totalBytes === null ? null : totalBytes / Math.max(1, report.bytes);
  return {
    format,
    title,
    decoders: [...decoders],
    bytes: report.bytes,
    totalBytes,
    isWhole,
    faults: faultsOf(report, isWhole),
    tables: found.tables.map(({ stream, path, decoder, keys, columns, rows }) => {
      const estimatedRows = scale === null ? null : Math.round(rows * scale);
      const rowBytes = bytesPerRow(columns);
      return {
        stream,
        path,
        decoder,
        keys: keys.slice(0, mostKeys),
        keyCount: keys.length,
        columns: columns.map(columnOf),
        rows,
        estimatedRows,
        estimatedBytes: estimatedRows === null || rowBytes === null ? null : estimatedRows * rowBytes,
      };
    }),
    objects: found.objects.map((object) => ({ ...object })),
    unclaimed: Object.fromEntries(
      Object.entries(found.unclaimed).map(([decoder, keys]) => [decoder, keys.slice(0, mostKeys)]),
    ),
  };
}

function columnOf({ name, dtype, shape, variableLength, units }: ColumnSchema): RecordingColumn {
  return { name, dtype, shape: [...shape], variableLength, units: units ?? null };
}

function bytesPerRow(columns: readonly ColumnSchema[]): number | null {
  if (columns.some(({ variableLength }) => variableLength)) return null;
  return columns.reduce((sum, column) => sum + rowLength(column) * bytesPerElement(column.dtype), 0);
}

/** A part always ends somewhere: only of the whole is that a fault. */
function faultsOf(report: IntegrityReport, isWhole: boolean): RecordingSummary['faults'] {
  const { records, garbageBytes, garbageCount, anomalyCounts, truncatedEnd } = report;
  const truncated = isWhole && truncatedEnd !== null;
  const odd = Object.keys(anomalyCounts).length > 0;
  return {
    records: { ...records },
    garbageBytes,
    garbageCount,
    truncated,
    anomalyCounts: { ...anomalyCounts },
    clean: garbageCount === 0 && !truncated && !odd,
  };
}

/** JSON has no NaN. */
function jsonValue(value: unknown): RecordingSummary['facts'][number]['value'] {
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value as string | boolean;
}

/** What is wrong with the options or the recording, at its place in the request. */
function recordingFault({ message, issues, cause }: StageError): ReadingFault {
  const place = cause instanceof DecodeError ? cause.place : undefined;
  if (
    cause instanceof DecodeError &&
    place !== undefined &&
    /^(out_spec|variables|format|settings)\b/.test(place)
  ) {
    const path = `body.config.${place.replace(/^out_spec/, 'outSpec').replaceAll(/\[(\d+)\]/g, '.$1')}`;
    const told = `${cause.fault}; ${cause.remedy}`;
    return { code: 'options-invalid', reason: message, object: undefined, issues: [{ path, message: told }] };
  }
  if (issues.length > 0) {
    const told = issues.map((issue) => ({ path: `body.config.${issue.path}`, message: issue.message }));
    return { code: 'options-invalid', reason: message, object: undefined, issues: told };
  }
  return { code: 'data-inconsistent', reason: message, object: undefined };
}
