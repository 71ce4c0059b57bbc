import type { JsonValue } from '@countroom/contracts';
import {
  DecodeError,
  decodeStream,
  type OutSpec,
  parseOutSpec,
  type StreamDecoder,
  standardFormats,
} from '@countroom/decoders';
import { type ByteStage, StageError } from '@countroom/pipeline';
import { tableFromBatch } from '@countroom/records';
import { z } from 'zod';

const outSpec = z.record(z.string(), z.json()).meta({
  title: 'Output specification',
  description: 'Decoder → group → { key_list, out_name }; empty: one table per decoder',
});

const options = z.strictObject({
  outSpec: outSpec.nullable().default(null),
  nMax: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ title: 'Rows at most', description: 'Stop after so many rows over all tables; empty: all' }),
  nMaxPackets: z.number().int().min(1).nullable().default(null).meta({
    title: 'Records at most',
    description: 'Stop after so many records of the recording; empty: all',
  }),
  nMaxPerKey: z.number().int().min(1).nullable().default(null).meta({
    title: 'Rows per channel at most',
    description: 'Keep so many rows of each channel; empty: all',
  }),
  bufferRows: z.number().int().min(1).max(1_000_000).default(8192).meta({
    title: 'Rows per block',
    description: 'Rows that are written at once; does not change the result',
  }),
});

/** Options of daq_to_raw. */
export type DaqToRawOptions = z.infer<typeof options>;

/**
 * Decodes a recording of a data acquisition into raw tables. The format is known by content. Bytes that make no sense are
 * reported, never fatal; the report is an IntegrityReport of packages/decoders.
 */
export const daqToRaw: ByteStage<DaqToRawOptions> = {
  name: 'daq_to_raw',
  version: '1',
  title: 'Decode recording',
  description: 'Decodes a DAQ file (its format is found out) into raw LH5 tables.',
  dependsOn: 'daq',
  provides: 'raw',
  configSchema: options,
  untracked: ['bufferRows'],
  work: 'bytes',
  async *run(config, input, context) {
    let decoder: StreamDecoder | undefined;
    try {
      const batches = decodeStream(input.chunks, standardFormats(), {
        input: input.name,
        signal: context.signal,
        batchRows: config.bufferRows,
        limits: {
          ...(config.nMax === null ? {} : { rows: config.nMax }),
          ...(config.nMaxPackets === null ? {} : { packets: config.nMaxPackets }),
          ...(config.nMaxPerKey === null ? {} : { rowsPerKey: config.nMaxPerKey }),
        },
        ...(config.outSpec === null ? {} : { outSpec: checkedOutSpec(config.outSpec) }),
        onDecoder: (opened) => {
          decoder = opened;
          context.log('info', `${input.name} is of the format ${opened.format}`);
        },
        onProgress: (bytes) => context.progress(bytes),
      });
      for await (const { batch } of batches) yield { path: batch.schema.name, rows: tableFromBatch(batch) };
    } catch (error) {
      if (error instanceof DecodeError) throw new StageError('daq_to_raw', error.message, [], error);
      throw error;
    }
    const report = decoder!.report();
    if (!report.clean) {
      const odd = Object.values(report.anomalyCounts).reduce((sum, count) => sum + count, 0);
      context.log(
        'warning',
        `${report.garbageBytes} bytes could not be decoded (${report.garbageCount} places), ${odd} oddities${
          report.truncatedEnd === null ? '' : `, the end is cut off at byte ${report.truncatedEnd.offset}`
        }`,
      );
    }
    return JSON.parse(JSON.stringify(report)) as JsonValue;
  },
};

/** One job makes one file, and buffers are written as they are decoded: what asks for more is refused, with the place. */
function checkedOutSpec(value: unknown): OutSpec {
  const spec = parseOutSpec(value);
  for (const [decoder, groups] of Object.entries(spec)) {
    for (const [group, { proc_spec: processing, out_stream: stream }] of Object.entries(groups)) {
      const place = `out_spec.${decoder}.${group}`;
      if (processing !== undefined && Object.keys(processing).length > 0) {
        throw new DecodeError(
          `${place}.proc_spec`,
          'processing while decoding is not available',
          'leave it out and process the raw file',
        );
      }
      if (stream !== undefined && stream !== '' && !stream.startsWith(':')) {
        throw new DecodeError(
          `${place}.out_stream`,
          'the output file is named by the job, not here',
          'leave the file name out: ":/group"',
        );
      }
    }
  }
  return spec;
}
