/**
 * Decode speed: MB of input per second and thread, of a generated recording fed in chunks of 1 MiB, beside a plain
 * scan of the same bytes (all 32-bit words, combined) in the same run. Run by `npx nx bench decoders`.
 */

import { encodeSparseEvent } from './fcio/fcio-encoder.js';
import { type FcioSimulation, simulateFcio } from './fcio/fcio-simulation.js';
import { standardFormats } from './formats.js';
import { encodeCompass } from './testing/compass-encoder.js';
import { concatenate } from './testing/corrupt.js';
import { encodeLlamaEvent, encodeLlamaHeader, llamaChannel } from './testing/llama-encoder.js';
import { encodeOrcaHeader } from './testing/orca/encode-container.js';
import { encodeSis3302 } from './testing/orca/encode-digitizers.js';
import {
  encodeFcioConfigPacket,
  encodeFcioPacket,
  encodeFlashCamTrace,
  encodeListenerConfig,
} from './testing/orca/encode-flashcam.js';
import { exampleHeader } from './testing/orca/encode-header.js';
import { exampleConfig, exampleHead, exampleSamples } from './testing/orca/orca-examples.js';

const chunkBytes = 1 << 20;
const repetitions = 7;

const fcio = (simulation: FcioSimulation) => (): Uint8Array => concatenate(simulateFcio(simulation));

/** An ORCA file of one kind of packets: `packet` makes the n-th, from 64 different ones that are repeated. */
function orca(before: Uint8Array[], count: number, packet: (n: number) => Uint8Array): Uint8Array {
  const listeners = [{ id: 1, samples: 6402, boards: [0x120], inputs: 6 }];
  const packets = Array.from({ length: 64 }, (_, n) => packet(n));
  const repeated = Array.from({ length: count }, (_, n) => packets[n % packets.length]!);
  return concatenate([encodeOrcaHeader(exampleHeader({ listeners })), ...before, ...repeated]);
}

/** Channels as a recorded file has them: 2000 raw samples, and 10000 or 500 averaged ones. */
function llama(): Uint8Array {
  const channels = [
    llamaChannel({ id: 0, sampleLength: 2000, avgSampleLength: 10_000 }),
    llamaChannel({ id: 4, sampleLength: 2000, avgSampleLength: 500 }),
  ];
  const events = Array.from({ length: 64 }, (_, n) => {
    const channel = channels[n % 2]!;
    return encodeLlamaEvent(channel, {
      ticks: 1000 * n,
      blocks: Array.from({ length: 9 }, (__, word) => word),
      samples: exampleSamples(n, channel.sampleLength),
      averaged: exampleSamples(n, channel.avgSampleLength),
    });
  });
  const repeated = Array.from({ length: 8000 }, (_, n) => events[n % events.length]!);
  return concatenate([encodeLlamaHeader(channels), ...repeated]);
}

function compass(): Uint8Array {
  const events = Array.from({ length: 60_000 }, (_, n) => ({
    channel: n % 2,
    time: BigInt(n) * 1000n,
    energy: n & 0x3fff,
    samples: exampleSamples(0, 1000),
  }));
  return encodeCompass({ energy: true, calibrated: false, short: true, samples: 'coded' }, events);
}

const readout = exampleConfig(1, [0x120], 6, 6402);

const cases: Readonly<Record<string, () => Uint8Array>> = {
  'FCIO, one channel, 1836 samples': fcio({ channels: 1, samples: 1836, events: 40_000, riseSample: 911 }),
  'FCIO, six channels, sparse, 6000 samples': fcio({
    channels: 6,
    samples: 6000,
    events: 3000,
    sparse: true,
  }),
  'FCIO, 100 channels, 1024 samples': fcio({ channels: 100, samples: 1024, events: 600 }),
  'llamaDAQ, 2000 raw and 10000 or 500 averaged samples': llama,
  'CoMPASS, 1000 samples': compass,
  'ORCA, FlashCam waveforms, 6402 samples': () =>
    orca([encodeListenerConfig(readout)], 8000, (n) =>
      encodeFlashCamTrace({
        ...{ head: exampleHead(n), slot: 0, board: 0x120, input: n % 6, trace: n % 6, words: [1, 2] },
        samples: exampleSamples(n, 6402),
      }),
    ),
  'ORCA, FCIO in packets, six traces, 6402 samples': () =>
    orca([encodeFcioConfigPacket(readout)], 1300, (n) => {
      const traces = [0, 1, 2, 3, 4, 5].map((index) => ({
        index,
        words: [1, 2] as const,
        samples: exampleSamples(n, 6402),
      }));
      return encodeFcioPacket('ORFCIOEventDecoder', 1, [encodeSparseEvent(readout, exampleHead(n), traces)]);
    }),
  'ORCA, SIS3302, 2048 samples': () =>
    orca([], 24_000, (n) =>
      encodeSis3302({
        ...{ crate: 1, card: 4, channel: n % 8, ticks: n, energy: n, energyFirst: 0 },
        samples: exampleSamples(n, 2048),
      }),
    ),
};

function fastest(run: () => number): number {
  let best = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

function scan(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum ^= words[i]!;
  return sum;
}

function decode(bytes: Uint8Array): number {
  const decoder = standardFormats().require(bytes).open();
  let rows = 0;
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    for (const { batch } of decoder.push(bytes.subarray(at, at + chunkBytes))) rows += batch.rows;
  }
  for (const { batch } of decoder.finish()) rows += batch.rows;
  return rows;
}

for (const [name, make] of Object.entries(cases)) {
  const bytes = make();
  const megabytes = bytes.length / 1e6;
  const rows = decode(bytes);
  const decoding = megabytes / fastest(() => decode(bytes));
  const scanning = megabytes / fastest(() => scan(bytes));
  console.log(
    `${name}: ${megabytes.toFixed(0)} MB, ${rows} rows, decode ${decoding.toFixed(0)} MB/s, ` +
      `scan ${scanning.toFixed(0)} MB/s, ratio ${(decoding / scanning).toFixed(2)}`,
  );
}
