import {
  type DecodeLimits,
  type DecodeOptions,
  type FormatDefinition,
  type FormatRegistry,
  parseOutSpec,
  type SignalProcessor,
} from '@countroom/decoders';
import { z } from 'zod';
import { coincidenceOptions } from '../build-tcm/tcm-options.js';

const outSpec = z.record(z.string(), z.json()).meta({
  title: 'Output specification',
  description:
    'Decoder → group → { key_list, out_stream, out_name, proc_spec }; empty: one table per key list of a decoder',
});

/** About the most that unfinished blocks of all tables may take up together; what waits to be written comes on top. */
const blockMemoryBytes = 5 << 20;
/** Bytes of a block: small enough that it is compressed while the next one is decoded. */
const blockBytes = 1 << 20;

const count = z.number().int().min(1).nullable().default(null);
const seconds = z.number().nullable().default(null);

/** Schema of the options of daq_to_raw. */
export const daqToRawOptions = z.strictObject({
  outSpec: outSpec.nullable().default(null),
  variables: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .default({})
    .meta({ title: 'Variables', description: 'Values for {name} in the texts of the output specification' }),
  format: z.string().nullable().default(null).meta({
    title: 'Format',
    description: 'Name of the format; empty: found out from the content',
  }),
  settings: z.string().nullable().default(null).meta({
    title: 'Settings file',
    description: 'Text of the settings file that belongs to the recording (CoMPASS: settings.xml)',
  }),
  nMax: count.meta({
    title: 'Rows at most',
    description: 'Stop after so many rows over all tables; empty: all',
  }),
  nMaxPackets: count.meta({
    title: 'Records at most',
    description: 'Stop after so many records of the recording; empty: all',
  }),
  nMaxPerKey: count.meta({
    title: 'Rows per channel at most',
    description: 'Keep so many rows of each channel; empty: all',
  }),
  timeFrom: seconds.meta({
    title: 'From',
    unit: 's',
    description:
      'Keep rows from this time on: unix time, or time since the start where the format has no other',
  }),
  timeTo: seconds.meta({ title: 'Before', unit: 's', description: 'Keep rows before this time' }),
  utcOffsetMinutes: z.number().int().min(-1440).max(1440).nullable().default(null).meta({
    title: 'Time zone',
    unit: 'min',
    description: 'East of Greenwich, for times in file names (llamaDAQ); empty: the zone of this machine',
  }),
  exactTimes: z.boolean().default(false).meta({
    title: 'Exact times',
    description: 'Also write times of events as 64-bit integers, in columns beside those of existing files',
  }),
  keepGarbage: z.boolean().default(true).meta({
    title: 'Keep what cannot be decoded',
    description: 'Write bytes that are no record to a table of their own',
  }),
  compatibility: z.enum(['correct', 'reference']).default('correct').meta({
    title: 'Compatibility',
    description: 'reference: repeat known faults of the established decoders',
  }),
  database: z.record(z.string(), z.json()).default({}).meta({
    title: 'Parameters',
    description: 'Values for db.… in dsp_config by channel: { "ch1": { "pz": { "tau1": "180*us" } } }',
  }),
  coincidences: coincidenceOptions.nullable().default(null).meta({
    title: 'Coincidences',
    description: 'Also write a map of hits that belong together, from the same pass; empty: none',
  }),
  checksums: z.boolean().default(false).meta({
    title: 'Checksums',
    description: 'Put SHA-256 sums of the input and of every column into the report',
  }),
  bufferRows: z.number().int().min(1).max(1_000_000).default(8192).meta({
    title: 'Rows per block',
    description: 'Rows that are written at once; does not change the result',
  }),
});

/** Options of daq_to_raw. */
export type DaqToRawOptions = z.infer<typeof daqToRawOptions>;

/** What the decoders are told. Throws DecodeError for faulty output specifications and unknown formats. */
export function decodeOptions(
  config: DaqToRawOptions,
  input: string,
  registry: FormatRegistry,
  signals: SignalProcessor,
): DecodeOptions & { readonly input: string; readonly format?: FormatDefinition } {
  return {
    input,
    inputName: input,
    signals,
    variables: config.variables,
    batchRows: config.bufferRows,
    memoryBytes: blockMemoryBytes,
    batchBytes: blockBytes,
    limits: limitsOf(config),
    exactTimes: config.exactTimes,
    keepGarbage: config.keepGarbage,
    compatibility: config.compatibility,
    ...(config.utcOffsetMinutes === null ? {} : { utcOffsetMinutes: config.utcOffsetMinutes }),
    ...(config.format === null ? {} : { format: registry.get(config.format) }),
    ...(config.settings === null ? {} : { settings: config.settings }),
    ...(config.outSpec === null ? {} : { outSpec: parseOutSpec(config.outSpec) }),
  };
}

function limitsOf({ nMax, nMaxPackets, nMaxPerKey, timeFrom, timeTo }: DaqToRawOptions): DecodeLimits {
  return {
    ...(nMax === null ? {} : { rows: nMax }),
    ...(nMaxPackets === null ? {} : { packets: nMaxPackets }),
    ...(nMaxPerKey === null ? {} : { rowsPerKey: nMaxPerKey }),
    time: {
      ...(timeFrom === null ? {} : { from: timeFrom }),
      ...(timeTo === null ? {} : { to: timeTo }),
    },
  };
}
