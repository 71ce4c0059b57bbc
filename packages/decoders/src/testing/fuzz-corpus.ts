import { simulateFcio } from '../fcio/fcio-simulation.js';
import type { LlamaChannel } from '../llama/llama-header.js';
import { type CompassExample, encodeCompass } from './compass-encoder.js';
import { concatenate } from './corrupt.js';
import {
  encodeLlamaEvent,
  encodeLlamaGroup,
  encodeLlamaHeader,
  encodeOldLlamaHeader,
  llamaChannel,
} from './llama-encoder.js';
import { toBigEndian } from './orca/encode-container.js';
import { digitizerExample, fcioExample, flashCamExample } from './orca/orca-examples.js';

function compassEvents(count: number, samples: number): CompassExample[] {
  return Array.from({ length: count }, (_, i) => ({
    board: i % 3,
    channel: i % 2,
    time: 1000n * BigInt(i),
    energy: i,
    short: i,
    calibrated: i / 7,
    samples: new Uint16Array(i % 10 === 9 ? samples + 3 : samples).fill(i),
  }));
}

function llamaEvent(channel: LlamaChannel, index: number): Uint8Array {
  return encodeLlamaEvent(channel, {
    ticks: 1000 * index,
    blocks: Array.from({ length: index % 2 === 0 ? 9 : 14 }, (_, word) => word),
    samples: new Uint16Array(channel.sampleLength).fill(index),
    averaged: new Uint16Array(channel.avgSampleLength).fill(index),
  });
}

/** Small valid files of each format, by its name: what the fuzz programs damage. Every format has an entry. */
export const fuzzCorpus: Readonly<Record<string, () => Uint8Array[]>> = {
  fcio: () =>
    [
      { channels: 1, samples: 20, events: 30, statusEvery: 10 },
      { channels: 6, samples: 12, events: 30, sparse: true, statusEvery: 7, gps: 10 },
      { channels: 3, samples: 8, events: 20, adcBits: 12 as const },
    ].map((simulation) => concatenate(simulateFcio(simulation))),
  orca: () => [flashCamExample(6), toBigEndian(flashCamExample(3)), fcioExample(4), digitizerExample(3)],
  llama: () => {
    const channels = [
      llamaChannel({ id: 0 }),
      llamaChannel({ id: 0x13, formatBits: 15, avgSampleLength: 0 }),
    ];
    const event = (index: number): Uint8Array => llamaEvent(channels[index % 2]!, index);
    const events = Array.from({ length: 40 }, (_, index) => event(index));
    const groups = [0, 1].flatMap((first) => [
      encodeLlamaGroup(channels[first]!.id, 15),
      ...Array.from({ length: 15 }, (_, index) => event(2 * index + first)),
    ]);
    return [
      concatenate([encodeLlamaHeader(channels), ...events]),
      concatenate([encodeOldLlamaHeader(channels), ...groups]),
    ];
  },
  compass: () => [
    encodeCompass({ energy: true, calibrated: false, short: true, samples: 'coded' }, compassEvents(40, 12)),
    encodeCompass({ energy: true, calibrated: true, short: true, samples: 'none' }, compassEvents(40, 0)),
    encodeCompass(
      { energy: false, calibrated: true, short: false, samples: 'coded' },
      compassEvents(30, 2),
      false,
    ),
  ],
  'caen-dt57xx': () => [
    encodeCompass(
      { energy: true, calibrated: false, short: true, samples: 'plain' },
      compassEvents(40, 4),
      false,
    ),
    encodeCompass(
      { energy: false, calibrated: true, short: true, samples: 'plain' },
      compassEvents(40, 1),
      false,
    ),
  ],
};
