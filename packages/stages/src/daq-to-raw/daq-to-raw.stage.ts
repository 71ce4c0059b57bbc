import type { JsonValue } from '@countroom/contracts';
import {
  type Checkpoint,
  type DecodedBatch,
  type DecodedObject,
  DecodeError,
  decodeStream,
  type IntegrityReport,
  releaseBatch,
  type StreamDecoder,
  standardFormats,
} from '@countroom/decoders';
import {
  type ByteStage,
  type OutputMark,
  type OutputObject,
  type OutputRows,
  StageError,
} from '@countroom/pipeline';
import { batchFromTable, tableFromBatch } from '@countroom/records';
import { storeColumns } from '../files/storage-settings.js';
import { InputChecksum, OutputChecksums } from './checksums.js';
import { Coincidences, checkCoincidences } from './coincidences.js';
import { type Compression, compressColumns, readCompression } from './compress-columns.js';
import { decodesAll, holdsEvents } from './event-count.js';
import { type DaqToRawOptions, daqToRawOptions, decodeOptions } from './options.js';
import { signalProcessor } from './signal-processing.js';

/**
 * Decodes a recording of a data acquisition into raw tables. The format is known by content. Bytes that make no sense are
 * reported, never fatal; the report is an IntegrityReport of packages/decoders, with checksums when they are asked for.
 */
export const daqToRaw: ByteStage<DaqToRawOptions> = {
  name: 'daq_to_raw',
  version: '2',
  title: 'Decode recording',
  description: 'Decodes a DAQ file (its format is found out) into raw LH5 tables.',
  dependsOn: 'daq',
  provides: 'raw',
  configSchema: daqToRawOptions,
  untracked: ['bufferRows', 'checksums'],
  work: 'bytes',
  async *run(config, input, context) {
    let decoder: StreamDecoder | undefined;
    const { earlier } = context;
    const before = earlier === undefined ? undefined : (earlier.mark as unknown as DecodingMark);
    const start = before?.checkpoint.byteOffset ?? 0;
    // The checksum of the input needs its beginning, too.
    const seeks = start > 0 && input.from !== undefined && !config.checksums;
    const source = new InputChecksum(seeks ? input.from!(start) : input.chunks, config.checksums);
    const sums = config.checksums ? new OutputChecksums() : undefined;
    const warned = new Set<string>();
    const warn = (text: string): void => {
      if (!warned.has(text)) context.log('warning', text);
      warned.add(text);
    };
    const writing = new Writing(warn);
    const coincidences = config.coincidences === null ? undefined : new Coincidences(config.coincidences);
    if (config.coincidences !== null) checkCoincidences(config.coincidences);
    const objects: DecodedObject[] = [];
    let events = before?.events ?? 0;
    const due: (DecodingMark & { readonly objects: readonly DecodedObject[] })[] = [];
    const account = (decoded: DecodedBatch): void => {
      const { stream, batch } = decoded;
      sums?.add(stream === '' ? batch.schema.name : `${stream}:${batch.schema.name}`, batch);
      coincidences?.add(decoded);
    };
    if (earlier !== undefined && (sums !== undefined || coincidences !== undefined)) {
      for await (const { path, rows, file = '' } of earlier.rows())
        account({ stream: file, decoder: '', batch: batchFromTable(path, rows) });
    }
    function* marks(): Generator<OutputObject | OutputMark> {
      for (const { checkpoint, events: counted, objects: found } of due.splice(0)) {
        for (const object of found) yield objectOutput(object);
        yield { mark: { checkpoint, events: counted } as unknown as JsonValue };
      }
    }
    try {
      const registry = standardFormats();
      const batches = decodeStream(source.pass(seeks ? 0 : start), registry, {
        ...decodeOptions(config, input.name, registry, signalProcessor(config.database)),
        signal: context.signal,
        onDecoder: (opened) => {
          decoder = opened;
          context.log('info', `${input.name} is of the format ${opened.format}`);
        },
        onObject: (object) => objects.push(object),
        onProgress: (bytes) => context.progress(start + bytes),
        ...(before === undefined ? {} : { resume: before.checkpoint }),
        ...(context.markBytes === undefined
          ? {}
          : {
              checkpointBytes: context.markBytes,
              onCheckpoint: (checkpoint) => due.push({ checkpoint, events, objects: objects.splice(0) }),
            }),
      });
      for await (const decoded of batches) {
        yield* marks();
        for (const object of objects.splice(0)) yield objectOutput(object);
        account(decoded);
        if (holdsEvents(decoded.batch.schema)) events += decoded.batch.rows;
        yield writing.rows(decoded);
        if (context.reuse === true) releaseBatch(decoded);
      }
      yield* marks();
      for (const object of [...objects.splice(0), ...decoder!.objects()]) yield objectOutput(object);
    } catch (error) {
      if (error instanceof DecodeError) throw new StageError('daq_to_raw', error.message, [], error);
      throw error;
    }
    const map = coincidences?.map(warn);
    if (map !== undefined) yield { path: config.coincidences!.name, rows: map };
    const report = decoder!.report();
    if (!report.clean) context.log('warning', summary(report));
    const nothing = asksForNothing(report);
    if (nothing !== undefined) context.log('warning', nothing);
    const checks =
      sums === undefined
        ? {}
        : {
            input: { name: input.name, bytes: source.bytes, sha256: source.sha256 },
            checksums: sums.result(),
          };
    const counted = decodesAll(config) ? { events } : {};
    return JSON.parse(JSON.stringify({ ...report, ...counted, ...checks })) as JsonValue;
  },
};

/** What must be remembered at a mark. */
interface DecodingMark {
  readonly checkpoint: Checkpoint;
  readonly events: number;
}

/** Does the steps that concern the writing of a batch: waveform codecs, and storage settings. */
class Writing {
  private readonly compressions = new Map<unknown, Compression>();

  constructor(private readonly warn: (text: string) => void) {}

  rows({ stream, batch, storage = {} }: DecodedBatch): OutputRows {
    const path = batch.schema.name;
    const table = tableFromBatch(batch);
    const step = storage['compression'];
    const compression = this.compressions.get(step) ?? readCompression(step, `${path}: compression`);
    this.compressions.set(step, compression);
    const missing = (column: string): void => this.warn(`compression: table ${path} has no ${column}`);
    const settings = storage['hdf5_settings'];
    if (settings !== undefined)
      for (const remark of storeColumns(settings).remarks) this.warn(`hdf5_settings of ${path}: ${remark}`);
    return {
      path,
      rows: compression.size === 0 ? table : compressColumns(table, compression, missing),
      ...fileOf(stream),
      ...(settings === undefined ? {} : { storage: settings as Readonly<Record<string, unknown>> }),
    };
  }
}

function objectOutput({ stream, path, object }: DecodedObject): OutputObject {
  return { path, object, ...fileOf(stream) };
}

function fileOf(stream: string): { readonly file?: string } {
  return stream === '' ? {} : { file: stream };
}

/** What there is, when the output specification asks for none of it. */
function asksForNothing({ rows, unrequestedKeys }: IntegrityReport): string | undefined {
  const decoders = Object.entries(unrequestedKeys);
  if (rows > 0 || decoders.length === 0) return undefined;
  const there = decoders.map(([decoder, keys]) => {
    const more = keys.length > 8 ? ` and ${keys.length - 8} more` : '';
    return `${decoder} with keys ${keys.slice(0, 8).join(', ')}${more}`;
  });
  return `the output specification asks for nothing that the recording has: ${there.join('; ')}`;
}

function summary({ garbageBytes, garbageCount, anomalyCounts, truncatedEnd }: IntegrityReport): string {
  const odd = Object.values(anomalyCounts).reduce((sum, count) => sum + count, 0);
  const end = truncatedEnd === null ? '' : `, the end is cut off at byte ${truncatedEnd.offset}`;
  return `${garbageBytes} bytes could not be decoded (${garbageCount} places), ${odd} oddities${end}`;
}
