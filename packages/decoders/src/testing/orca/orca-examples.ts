import type { FcioConfig } from '../../fcio/fcio-config.js';
import {
  encodeEventHeader,
  encodeRecord,
  encodeSparseEvent,
  encodeStatus,
  type FcioEventHead,
} from '../../fcio/fcio-encoder.js';
import { tags } from '../../fcio/fcio-protocol.js';
import { concatenate } from '../corrupt.js';
import { encodeLong, encodeOrcaHeader, encodeShort, type PlistInput, wordBytes } from './encode-container.js';
import {
  encodeGretina4m,
  encodeIseg,
  encodePreamp,
  encodeSis3302,
  encodeSis3316,
} from './encode-digitizers.js';
import {
  encodeFcioConfigPacket,
  encodeFcioPacket,
  encodeFlashCamTrace,
  encodeListenerConfig,
  encodeListenerStatus,
  encodeRun,
} from './encode-flashcam.js';
import { exampleHeader, exampleId, exampleShortId } from './encode-header.js';

/** Configuration of a readout with boards of `inputs` inputs. */
export function exampleConfig(
  id: number,
  boards: readonly number[],
  inputs: number,
  samples: number,
): FcioConfig {
  return {
    adcs: boards.length * inputs,
    triggers: 0,
    eventSamples: samples,
    blPrecision: 1,
    sumLength: 1,
    adcBits: 16,
    masterCards: 1,
    triggerCards: 0,
    adcCards: boards.length,
    gps: 0,
    traceMap: boards.flatMap((board) => Array.from({ length: inputs }, (_, i) => board * 65_536 + i)),
    streamId: id,
  };
}

/** Clock readings of event `n`, one every 10 µs, after dead time in every second one. */
export function exampleHead(n: number): FcioEventHead {
  const ticks = 1000 + 2500 * n;
  return {
    eventNumber: n,
    pps: 3,
    ticks,
    timeOffset: [1_600_000_000, 123_456, 37, 5, 5, 1, 2],
    deadRegion: n % 2 === 0 ? [] : [3, ticks - 800, 3, ticks - 300, 249_999_999],
  };
}

/** Samples that tell traces and events apart. */
export function exampleSamples(n: number, samples: number): Uint16Array {
  return Uint16Array.from({ length: samples }, (_, i) => (1000 + 17 * n + i) & 0xffff);
}

/**
 * A file of the older form of FlashCam: two readouts, run records, status; `foreign`: with packets of a kind that nobody
 * decodes, and short ones.
 */
export function flashCamExample(events = 12, foreign = true): Uint8Array {
  const listeners = [
    { id: 1, samples: 20, boards: [0x120, 0x140], inputs: 2 },
    { id: 2, samples: 12, boards: [0x200], inputs: 3, firstSlot: 5 },
  ];
  const packets = [encodeOrcaHeader(exampleHeader({ listeners })), encodeRun(33, 1280, 1_600_000_000)];
  for (const { id, samples, boards, inputs } of listeners) {
    const config = exampleConfig(id, boards, inputs, samples);
    const revisions = boards.map((_, i) => 1 + 32 * i);
    const cards = { revisions, uids: boards.map((board) => 0x1200000000n + BigInt(board)) };
    packets.push(encodeListenerConfig(config, { ...cards, mapWords: id === 1 ? 2400 : config.adcs }));
  }
  for (let n = 0; n < events; n++) {
    for (const { id, samples, boards, inputs, firstSlot = 0 } of listeners) {
      for (let trace = 0; trace < boards.length * inputs; trace++) {
        const slot = Math.floor(trace / inputs);
        packets.push(
          encodeFlashCamTrace(
            {
              head: exampleHead(n),
              slot: firstSlot + slot,
              board: boards[slot]!,
              input: trace % inputs,
              trace,
              words: [100 + n, 2000 + trace],
              samples: exampleSamples(n + 10 * trace, samples),
            },
            id === 1,
          ),
        );
      }
    }
    if (n % 5 === 4) {
      const card = Array.from({ length: 295 }, (_, word) => word);
      packets.push(encodeListenerStatus(1, 1, [3, n, 1_600_000_003, 7, 0, 1, 500_000], [card, card]));
      if (foreign) {
        packets.push(encodeLong(exampleId('ORScriptDecoderForRecord'), [1, 2, 3]));
        packets.push(encodeShort(exampleShortId, n));
      }
    }
  }
  return concatenate([...packets, encodeRun(8, 30, 1_600_000_010), encodeRun(0, 1280, 1_600_000_020)]);
}

/** A file with FCIO records of two readouts by turns; `fsp`: with records of the software trigger. */
export function fcioExample(events = 10, fsp = true): Uint8Array {
  const listeners = [
    { id: 1, samples: 8, boards: [0x10, 0x20], inputs: 2, fsp },
    { id: 3, samples: 6, boards: [0x30], inputs: 2, firstSlot: 4, fsp },
  ];
  const packets = [encodeOrcaHeader(exampleHeader({ listeners })), encodeRun(1, 7, 1_700_000_000)];
  for (const { id, samples, boards, inputs } of listeners) {
    const config = exampleConfig(id, boards, inputs, samples);
    packets.push(
      encodeFcioConfigPacket({ ...config, streamId: 0x10000 + id }, fsp ? [fspConfigExample()] : []),
    );
  }
  for (let n = 0; n < events; n++) {
    for (const { id, samples, boards, inputs } of listeners) {
      const config = exampleConfig(id, boards, inputs, samples);
      const before = fsp ? [fspEventExample(n)] : [];
      const traces = Array.from({ length: 1 + (n % config.adcs) }, (_, index) => ({
        index,
        words: [10 + n, 20 + index] as const,
        samples: exampleSamples(n + 10 * index, samples),
      }));
      const event = encodeSparseEvent(config, exampleHead(2 * n), traces);
      packets.push(encodeFcioPacket('ORFCIOEventDecoder', id, [...before, event]));
      const header = encodeEventHeader(exampleHead(2 * n + 1), traces);
      packets.push(encodeFcioPacket('ORFCIOEventHeaderDecoder', id, [...before, header]));
      if (n % 4 === 3) {
        const status = encodeStatus(true, [3, n, 1_700_000_003, 7, 0, 1, 2], [{ id: 0 }, { id: 0x2000 }]);
        const own = fsp ? [encodeRecord(tags.fspStatus, [new Uint8Array(112).fill(n)])] : [];
        packets.push(encodeFcioPacket('ORFCIOStatusDecoder', id, [...own, status]));
      }
    }
  }
  return concatenate([...packets, encodeRun(0, 7, 1_700_000_020)]);
}

/** A file of VME digitizers and slow control. */
export function digitizerExample(events = 10): Uint8Array {
  const sis3302: PlistInput = {
    'Class Name': 'ORSIS3302Model',
    Card: 4n,
    internalTriggerEnabledMask: 0x0fn,
    externalTriggerEnabledMask: 0n,
    sampleLengths: [16n, 24n, 16n, 16n],
  };
  const gretina: PlistInput = {
    'Class Name': 'ORGretina4MModel',
    Card: 9n,
    Enabled: [true, true],
    FtCnt: [0n, 1000n],
    Mrpsrt: [0n, 1n],
    Mrpsdv: [0n, 1n],
  };
  const sis3316: PlistInput = { 'Class Name': 'ORSIS3316Model', Card: 6n, enabledMask: 0xffffn };
  const decoders = [
    ...(['ORRunDecoderForRun', 'ORSIS3302DecoderForEnergy', 'ORSIS3316WaveformDecoder'] as const),
    ...(['ORGretina4MWaveformDecoder', 'ORMJDPreAmpDecoderForAdc', 'ORiSegHVCardDecoderForHV'] as const),
  ];
  const header = exampleHeader({ crates: { 1: [sis3302, gretina, sis3316] }, decoders });
  const packets = [encodeOrcaHeader(header)];
  packets.push(encodeRun(1, 5, 1_700_000_000));
  for (let n = 0; n < events; n++) {
    const ticks = 2 ** 33 + 1000 * n;
    for (let channel = 0; channel < 4; channel++) {
      const samples = exampleSamples(n + 100 * channel, channel < 2 ? 16 : 24);
      packets.push(
        encodeSis3302({
          ...{ crate: 1, card: 4, channel, ticks, samples, energy: 5000 + n, energyFirst: 100 + channel },
          ...(n % 3 === 2 ? { startIndex: n } : {}),
        }),
      );
    }
    const blocks = [
      (17 * 65_536 + 9000) >>> 0,
      (3 * 2 ** 24 + 101) >>> 0,
      ...[102, 103, 104, 105, 106, 107, 108, 201, 202, 203, 301, 302],
    ];
    packets.push(
      encodeSis3316(
        { crate: 1, card: 6, channel: n % 3 },
        [0, 1].map((k) => ({
          ticks: ticks + k,
          formatBits: 15,
          blocks: blocks.slice(0, 14),
          samples: exampleSamples(n, 10),
        })),
      ),
    );
    if (n % 4 === 0) {
      packets.push(
        encodePreamp(
          n,
          1_700_000_000 + n,
          0x00ff,
          Array.from({ length: 16 }, (_, i) => i / 2),
        ),
      );
      const on = Array.from({ length: 8 }, (_, i) => i % 2 === 0);
      const values = on.map((_, i) => [100 * i, i / 8] as const);
      packets.push(encodeIseg(2, 3, 1_700_000_000 + n, on, values));
    }
  }
  for (let channel = 0; channel < 2; channel++) {
    const length = channel === 0 ? 2000 : 2018;
    const place = { crate: 1, card: 9, channel, boardId: 77, ticks: 2 ** 40 + 5, energy: 0x1234567 };
    packets.push(encodeGretina4m({ ...place, samples: exampleSamples(channel, length) }));
  }
  return concatenate([...packets, encodeRun(0, 5, 1_700_000_020)]);
}

/** A record of the software trigger in front of an event. */
export function fspEventExample(n: number): Uint8Array {
  const write = new Uint8Array(24);
  for (const at of [n % 2, 8, 11, 16]) write[at] = 1;
  const shorts = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
  const hwm = concatenate([wordBytes([5 + n]), shorts(60 + n, 40), wordBytes([3])]);
  const wps = wordBytes([0x3fc00000, -3, 4, 0x40200000, 9 + n]);
  return encodeRecord(tags.fspEvent, [
    write,
    new Uint8Array(32),
    wordBytes([n]),
    hwm,
    wps,
    wordBytes([1, 0]),
    shorts(7, 8 + n),
    wordBytes([0]),
    wordBytes([4]),
    wordBytes([0x3f800000]),
    shorts(1, 2),
  ]);
}

/** A record of the software trigger in front of a configuration. */
export function fspConfigExample(): Uint8Array {
  const longs = (...values: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(values).buffer);
  const shorts = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
  const words = (...values: number[]): Uint8Array => wordBytes(values);
  const half = 0x3f000000;
  const labels = new TextEncoder().encode('ch00001\0ch00002\0');
  const map = [words(2), words(10, 11), words(1, 0), labels];
  return encodeRecord(tags.fspConfig, [
    ...[words(4), words(10, 20), words(30), words(half), words(half), words(half), words(half, half)],
    ...[concatenate([longs(3n, 5n), words(1, 0)]), longs(1n), longs(5n), longs(2n), longs(7n)],
    ...[longs(1n), longs(2n), longs(3n)],
    words(8, 9),
    ...[words(100), longs(0n), longs(200n)],
    ...[...map, shorts(3, 4)],
    ...[...map, shorts(5, 6)],
    ...[...map, words(1), words(6), words(10), words(20), words(half)],
    ...[words(half, half), words(half, half), words(half, half), words(3, 4), words(5), words(6)],
    ...[words(1, 2), words(3, 4), words(5, 6), words(7, 8)],
  ]);
}
