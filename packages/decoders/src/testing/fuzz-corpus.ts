import { simulateFcio } from '../fcio/fcio-simulation.js';
import { concatenate } from './corrupt.js';
import { encodeLlamaEvent, encodeLlamaHeader, llamaChannel } from './llama-encoder.js';

/** Small valid files of each format, by its name: what the fuzz programs damage. Every format has an entry. */
export const fuzzCorpus: Readonly<Record<string, () => Uint8Array[]>> = {
  fcio: () =>
    [
      { channels: 1, samples: 20, events: 30, statusEvery: 10 },
      { channels: 6, samples: 12, events: 30, sparse: true, statusEvery: 7, gps: 10 },
      { channels: 3, samples: 8, events: 20, adcBits: 12 as const },
    ].map((simulation) => concatenate(simulateFcio(simulation))),
  llama: () => {
    const channels = [
      llamaChannel({ id: 0 }),
      llamaChannel({ id: 0x13, formatBits: 15, avgSampleLength: 0 }),
    ];
    const parts = [encodeLlamaHeader(channels)];
    for (let i = 0; i < 40; i++) {
      const channel = channels[i % 2]!;
      parts.push(
        encodeLlamaEvent(channel, {
          ticks: 1000 * i,
          blocks: Array.from({ length: i % 2 === 0 ? 9 : 14 }, (_, word) => word),
          samples: new Uint16Array(channel.sampleLength).fill(i),
          averaged: new Uint16Array(channel.avgSampleLength).fill(i),
        }),
      );
    }
    return [concatenate(parts)];
  },
};
