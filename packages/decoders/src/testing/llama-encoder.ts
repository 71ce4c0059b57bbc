import {
  channelWords,
  type LlamaChannel,
  leadBytes,
  llamaMagic,
  oldChannelWords,
  oldLlamaMagic,
} from '../llama/llama-header.js';

/** A channel with every length right for its format bits; what is given replaces the defaults. */
export function llamaChannel(given: Partial<LlamaChannel> & { readonly id: number }): LlamaChannel {
  const formatBits = given.formatBits ?? 3;
  const sampleLength = given.sampleLength ?? 20;
  const avgSampleLength = given.avgSampleLength ?? 8;
  const blocks = [7, 2, 3, 2].reduce((sum, words, bit) => sum + ((formatBits >> bit) & 1) * words, 0);
  const header = 2 + blocks + (avgSampleLength > 0 ? 2 : 1);
  return {
    flags: 3,
    adcOffset: 8191,
    sampleFreq: 250,
    gain: 0.0001,
    formatBits,
    sampleStartIndex: 0,
    samplePretrigger: 10,
    avgSamplePretrigger: 2,
    avgMode: 1,
    sampleLength,
    avgSampleLength,
    mawBufferLength: 0,
    eventLength: header + sampleLength / 2 + avgSampleLength / 2,
    eventHeaderLength: header,
    accum6Offset: 2,
    accum2Offset: 9,
    maw3Offset: 11,
    energyOffset: 11,
    ...given,
  };
}

/** The header of a file, version 2.0.0. */
export function encodeLlamaHeader(channels: readonly LlamaChannel[]): Uint8Array {
  const bytes = new Uint8Array(leadBytes + channels.length * 4 * channelWords);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, llamaMagic, true);
  view.setUint16(8, 2, true);
  view.setUint16(10, 4 * channelWords, true);
  view.setUint32(12, channels.length, true);
  channels.forEach((channel, index) => {
    const start = leadBytes + index * 4 * channelWords;
    [channel.id >> 4, channel.id & 15, channel.flags, channel.adcOffset].forEach((value, word) =>
      view.setUint32(start + 4 * word, value, true),
    );
    view.setFloat64(start + 16, channel.sampleFreq, true);
    view.setFloat64(start + 24, channel.gain, true);
    [
      channel.formatBits,
      channel.sampleStartIndex,
      channel.samplePretrigger,
      channel.avgSamplePretrigger,
      channel.avgMode,
      channel.sampleLength,
      channel.avgSampleLength,
      channel.mawBufferLength,
      channel.eventLength,
      channel.eventHeaderLength,
      channel.accum6Offset,
      channel.accum2Offset,
      channel.maw3Offset,
      channel.energyOffset,
    ].forEach((value, word) => view.setUint32(start + 32 + 4 * word, value, true));
  });
  return bytes;
}

/** The header of an older file, with the shorter configurations. */
export function encodeOldLlamaHeader(channels: readonly LlamaChannel[]): Uint8Array {
  const today = encodeLlamaHeader(channels);
  const bytes = new Uint8Array(leadBytes + channels.length * 4 * oldChannelWords);
  bytes.set(today.subarray(0, leadBytes));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, oldLlamaMagic, true);
  view.setUint16(10, 4 * oldChannelWords, true);
  channels.forEach((_, index) => {
    const start = leadBytes + index * 4 * channelWords;
    bytes.set(today.subarray(start, start + 4 * oldChannelWords), leadBytes + index * 4 * oldChannelWords);
  });
  return bytes;
}

/** What comes before the events of a channel in an older file. */
export function encodeLlamaGroup(id: number, events: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(id, events).buffer);
}

/** One event: `blocks` are the words of the optional blocks, one after the other. */
export function encodeLlamaEvent(
  channel: LlamaChannel,
  event: {
    readonly ticks: number;
    readonly blocks: readonly number[];
    readonly status?: 0 | 1;
    readonly counter?: number;
    readonly samples: Uint16Array;
    readonly averaged: Uint16Array;
  },
): Uint8Array {
  const high = Math.floor(event.ticks / 2 ** 32);
  const raw = event.samples.length / 2;
  const averaged = event.averaged.length / 2;
  const marker = averaged > 0 ? 0xa : 0xe;
  const words = [
    ((high << 16) | (channel.id << 4) | channel.formatBits) >>> 0,
    event.ticks >>> 0,
    ...event.blocks,
    ((marker << 28) | ((event.status ?? 0) << 26) | raw) >>> 0,
    ...(averaged > 0 ? [((0xe << 28) | ((event.counter ?? 0) << 16) | averaged) >>> 0] : []),
  ];
  const bytes = new Uint8Array(4 * words.length + 4 * (raw + averaged));
  bytes.set(new Uint8Array(Uint32Array.from(words).buffer));
  bytes.set(new Uint8Array(event.samples.buffer), 4 * words.length);
  bytes.set(new Uint8Array(event.averaged.buffer), 4 * words.length + 4 * raw);
  return bytes;
}
