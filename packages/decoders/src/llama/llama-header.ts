import type { DataObject, Dtype, Scalar, Struct } from '@countroom/records';

/** Words of a channel's configuration, and of the older one, which has the first of them only. */
export const channelWords = 22;
export const oldChannelWords = 17;

/** Bytes before the channel configurations. */
export const leadBytes = 16;

/** First word of a file, `LArI`, and of an older one, `LArU`. */
export const llamaMagic = 0x4972414c;
export const oldLlamaMagic = 0x5572414c;

/** Limits beyond which a header is damage: bytes per channel, channels, samples of a trace, words before samples. */
const mostConfigBytes = 1024;
const mostChannels = 4096;
const mostSamples = 1 << 20;
const mostHeaderWords = 18;

/** Configuration of one open channel. Lengths of samples in samples, of events in 32-bit words. */
export interface LlamaChannel {
  /** fadc · 16 + channel. */
  readonly id: number;
  /** Bit 0: 14-bit ADC; bit 1: open. */
  readonly flags: number;
  readonly adcOffset: number;
  /** MHz. */
  readonly sampleFreq: number;
  readonly gain: number;
  /** Which blocks an event has: bits 0–3. */
  readonly formatBits: number;
  readonly sampleStartIndex: number;
  readonly samplePretrigger: number;
  readonly avgSamplePretrigger: number;
  readonly avgMode: number;
  readonly sampleLength: number;
  readonly avgSampleLength: number;
  readonly mawBufferLength: number;
  readonly eventLength: number;
  readonly eventHeaderLength: number;
  readonly accum6Offset: number;
  readonly accum2Offset: number;
  readonly maw3Offset: number;
  readonly energyOffset: number;
}

/** Header of a file. */
export interface LlamaHeader {
  /** An older file: events come in groups of a channel. */
  readonly isOld: boolean;
  readonly version: { readonly major: number; readonly minor: number; readonly patch: number };
  /** Bytes of a channel's configuration. */
  readonly configBytes: number;
  readonly channels: readonly LlamaChannel[];
}

/** Bytes of the whole header, known once its lead is there; 0 when the lead is not plausible. */
export function headerBytes(view: DataView): number {
  const magic = view.getUint32(0, true);
  if (magic !== llamaMagic && magic !== oldLlamaMagic) return 0;
  const configBytes = view.getUint16(10, true);
  const channels = view.getUint32(12, true);
  const least = 4 * (magic === llamaMagic ? channelWords : oldChannelWords);
  const isSized = configBytes >= least && configBytes <= mostConfigBytes && channels <= mostChannels;
  return isSized ? leadBytes + channels * configBytes : 0;
}

/** True when the lengths of a channel fit together: its events are no longer than header words and samples. */
export function isSound(channel: LlamaChannel): boolean {
  const words = ((channel.sampleLength + 1) >> 1) + ((channel.avgSampleLength + 1) >> 1);
  const bounded = channel.sampleLength <= mostSamples && channel.avgSampleLength <= mostSamples;
  return bounded && channel.eventLength > words && channel.eventLength <= words + mostHeaderWords;
}

/** Reads a complete header. */
export function readHeader(view: DataView): LlamaHeader {
  const isOld = view.getUint32(0, true) === oldLlamaMagic;
  const configBytes = view.getUint16(10, true);
  const channels = Array.from({ length: view.getUint32(12, true) }, (_, index) => {
    const start = leadBytes + index * configBytes;
    const word = (at: number): number => (4 * at < configBytes ? view.getUint32(start + 4 * at, true) : 0);
    return {
      id: word(0) * 16 + word(1),
      flags: word(2),
      adcOffset: word(3),
      sampleFreq: view.getFloat64(start + 16, true),
      gain: view.getFloat64(start + 24, true),
      formatBits: word(8),
      sampleStartIndex: word(9),
      samplePretrigger: word(10),
      avgSamplePretrigger: word(11),
      avgMode: word(12),
      sampleLength: word(13),
      avgSampleLength: word(14),
      mawBufferLength: word(15),
      eventLength: word(16),
      eventHeaderLength: word(17),
      accum6Offset: word(18),
      accum2Offset: word(19),
      maw3Offset: word(20),
      energyOffset: word(21),
    };
  });
  const version = {
    major: view.getUint16(8, true),
    minor: view.getUint16(6, true),
    patch: view.getUint16(4, true),
  };
  return { isOld, version, configBytes, channels };
}

/** The header as a struct; `start` is the unix time of the file's begin in s (NaN when unknown). */
export function headerStruct(
  header: LlamaHeader,
  start: { readonly time: number; readonly accuracy: number },
): Struct {
  const fields = new Map<string, DataObject>([
    ['version_major', scalar(header.version.major, 'uint16')],
    ['version_minor', scalar(header.version.minor, 'uint16')],
    ['version_patch', scalar(header.version.patch, 'uint16')],
    ['length_econf', scalar(header.configBytes, 'uint16')],
    ['number_chOpen', scalar(header.channels.length, 'uint32')],
    ['initial_timestamp', scalar(start.time, 'float64')],
    ['initial_timestamp_accuracy', scalar(start.accuracy, 'float64')],
  ]);
  for (const channel of header.channels) {
    fields.set(`fch_${String(channel.id).padStart(2, '0')}`, channelStruct(channel));
  }
  return { kind: 'struct', fields, attrs: {} };
}

function channelStruct(channel: LlamaChannel): Struct {
  const words: [string, number][] = [
    ['adc_offset', channel.adcOffset],
    ['sample_start_index', channel.sampleStartIndex],
    ['sample_pretrigger', channel.samplePretrigger],
    ['avg_sample_pretrigger', channel.avgSamplePretrigger],
    ['avg_mode', channel.avgMode],
    ['sample_length', channel.sampleLength],
    ['avg_sample_length', channel.avgSampleLength],
    ['maw_buffer_length', channel.mawBufferLength],
    ['event_length', channel.eventLength],
    ['event_header_length', channel.eventHeaderLength],
    ['accum6_offset', channel.accum6Offset],
    ['accum2_offset', channel.accum2Offset],
    ['maw3_offset', channel.maw3Offset],
    ['energy_offset', channel.energyOffset],
    ['format_bits', channel.formatBits],
  ];
  const fields = new Map<string, DataObject>([
    ['14_bit_flag', scalar(BigInt(channel.flags & 1), 'int64')],
    ...words.map(([name, value]): [string, DataObject] => [name, scalar(value, 'uint32')]),
    ['sample_freq', scalar(channel.sampleFreq, 'float64')],
    ['gain', scalar(channel.gain, 'float64')],
  ]);
  return { kind: 'struct', fields, attrs: {} };
}

function scalar(value: number | bigint, dtype: Dtype): Scalar {
  return { kind: 'scalar', value, dtype, attrs: {} };
}
