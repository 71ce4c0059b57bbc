import { describe, expect, it } from 'vitest';
import type { DecodedBatch, DecodeOptions } from '../core/decoder.js';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { concatenate, corrupted, randomBytes } from '../testing/corrupt.js';
import {
  encodeLlamaEvent,
  encodeLlamaGroup,
  encodeLlamaHeader,
  encodeOldLlamaHeader,
  llamaChannel,
} from '../testing/llama-encoder.js';
import { LlamaDecoder } from './llama-decoder.js';
import { startTimeOf } from './llama-time.js';

const channels = [
  llamaChannel({ id: 0 }),
  llamaChannel({ id: 4, formatBits: 15, avgSampleLength: 0, sampleLength: 6 }),
  llamaChannel({ id: 0x13 }),
];
const ramp = (length: number, from: number): Uint16Array => Uint16Array.from({ length }, (_, i) => from + i);
const event = (index: number, ticks: number, counter = 0): Uint8Array => {
  const channel = channels[index]!;
  const blocks = [
    (17 << 16) | 9000,
    (3 << 24) | 101,
    102,
    103,
    104,
    105,
    106,
    107,
    108,
    201,
    202,
    203,
    301,
    302,
  ];
  return encodeLlamaEvent(channel, {
    ticks,
    blocks: blocks.slice(0, channel.formatBits === 15 ? 14 : 9),
    status: 1,
    counter,
    samples: ramp(channel.sampleLength, 1000 * index),
    averaged: ramp(channel.avgSampleLength, 2000 * index),
  });
};
const parts = [encodeLlamaHeader(channels)];
for (let i = 0; i < 20; i++)
  parts.push(event(0, 1000 * i + 2 ** 33), event(1, 1000 * i), event(2, 1000 * i, 5));
const file = concatenate(parts);
const named: DecodeOptions = { inputName: 'run-20241218-150158Z.bin' };

function decode(bytes: Uint8Array, options: DecodeOptions = named, chunk = 1 << 16): DecodedBatch[] {
  const decoder = new LlamaDecoder(options);
  const batches: DecodedBatch[] = [];
  for (let at = 0; at < bytes.length; at += chunk) batches.push(...decoder.push(bytes.slice(at, at + chunk)));
  return [...batches, ...decoder.finish()];
}

function first(table: WholeTable | undefined, column: string): unknown {
  return table?.columns.get(column)?.data[0];
}

describe('LlamaDecoder', () => {
  it('gives back what was encoded, channels of one kind in one table', () => {
    const tables = collectTables(decode(file));
    expect([...tables].map(([path, { rows }]) => [path, rows])).toEqual([
      ['LLAMAEvent_0', 40],
      ['LLAMAEvent_4', 20],
    ]);
    const wide = tables.get('LLAMAEvent_4');
    const expected = {
      cumsum_1: 101,
      cumsum_6: 106,
      cumsum_7: 107,
      maw_after: 203,
      start_energy: 301,
      max_energy: 302,
    };
    for (const [name, value] of Object.entries(expected)) expect(first(wide, name), name).toBe(value);
    expect(first(wide, 'info_bits')).toBe(3);
    expect(first(wide, 'wf_max_sample_idx')).toBe(17);
    expect(wide!.columns.has('waveform_presummed/values')).toBe(false);
    const main = tables.get('LLAMAEvent_0')!;
    expect(first(main, 'time_since_run_start')).toBe(2 ** 33 * 4 * 1e-9);
    expect(first(main, 'unixtime')).toBe(1734534118 + 2 ** 33 * 4 * 1e-9);
    expect([...main.columns.get('waveform_presummed/t0')!.data].slice(0, 2)).toEqual([-72, -52]);
    expect([...main.columns.get('waveform_windowed/values')!.data].slice(0, 3)).toEqual([0, 1, 2]);
    expect([...main.columns.get('packet_id')!.data].slice(0, 3)).toEqual([1, 3, 4]);
  });

  it('reads the sums one word late when it is to repeat that fault', () => {
    const late = collectTables(decode(file, { ...named, compatibility: 'reference' })).get('LLAMAEvent_4');
    expect([first(late, 'cumsum_1'), first(late, 'cumsum_6'), first(late, 'cumsum_7')]).toEqual([
      102, 107, 107,
    ]);
  });

  it('hands out the header once', () => {
    const decoder = new LlamaDecoder(named);
    decoder.push(file.slice(0, 500));
    expect(decoder.objects()).toMatchObject([{ path: 'LLAMAHeader', object: { kind: 'struct' } }]);
    expect(decoder.objects()).toEqual([]);
  });

  it('gives the same whatever the chunks, and after a checkpoint', () => {
    const plain = (batches: DecodedBatch[]): unknown =>
      [...collectTables(batches)].map(([path, { columns }]) => [path, [...columns]]);
    const whole = plain(decode(file));
    for (const chunk of [1, 13, 500]) expect(plain(decode(file, named, chunk))).toEqual(whole);
    const before = new LlamaDecoder(named);
    const early = before.push(file.slice(0, 1501));
    const { batches, checkpoint } = before.flush();
    const resume = JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint;
    const late = decode(file.slice(checkpoint.byteOffset), { ...named, resume });
    expect(plain([...early, ...batches, ...late])).toEqual(whole);
  });

  it('reports what is damaged and keeps the rest', () => {
    const decoder = new LlamaDecoder(named);
    const at = concatenate(parts.slice(0, 7)).length;
    const broken = concatenate([
      file.slice(0, at),
      randomBytes(40, 2),
      file.slice(at),
      Uint8Array.of(1, 2, 3),
    ]);
    const tables = collectTables([...decoder.push(broken), ...decoder.finish()]);
    expect(tables.get('LLAMAEvent_0')!.rows).toBe(40);
    const { garbage, truncatedEnd, clean } = decoder.report();
    expect(garbage).toMatchObject([{ offset: at, length: 40 }]);
    expect(truncatedEnd).toEqual({ offset: broken.length - 3, length: 3 });
    expect(clean).toBe(false);
  });

  it('reads older files: shorter configurations, events in groups of a channel', () => {
    let ticks = 0;
    const group = (index: number, count: number, announced = count): Uint8Array[] => [
      encodeLlamaGroup(channels[index]!.id, announced),
      ...Array.from({ length: count }, () => event(index, ticks++)),
    ];
    const old = concatenate([encodeOldLlamaHeader(channels), ...group(0, 4), ...group(1, 2), ...group(0, 1)]);
    for (const chunk of [1, 37, 1 << 16]) {
      const tables = collectTables(decode(old, named, chunk));
      expect([...tables].map(([path, { rows }]) => [path, rows])).toEqual([
        ['LLAMAEvent_0', 5],
        ['LLAMAEvent_4', 2],
      ]);
      expect(first(tables.get('LLAMAEvent_4'), 'max_energy')).toBe(302);
    }
    const decoder = new LlamaDecoder(named);
    decoder.push(old);
    decoder.finish();
    expect(decoder.report()).toMatchObject({ clean: true, records: { Header: 1, Group: 3, Event: 7 } });
    const short = new LlamaDecoder(named);
    short.push(concatenate([encodeOldLlamaHeader(channels), ...group(2, 2, 3)]));
    short.finish();
    expect(short.report().anomalies[0]!.detail).toBe('2 events of channel 19 where 3 are announced');
  });

  it('keeps undecodable bytes, exact times, and rows of a window of times', () => {
    const broken = concatenate([...parts.slice(0, 4), randomBytes(41, 2), ...parts.slice(4)]);
    const tables = collectTables(decode(broken, { ...named, keepGarbage: true, exactTimes: true }));
    expect(tables.get('LLAMAGarbage')!.columns.get('packets')!.data).toEqual(randomBytes(41, 2));
    expect(first(tables.get('LLAMAEvent_0'), 'time_since_run_start_ns')).toBe(4n * 2n ** 33n);
    const time = { from: 6e-6, to: 10e-6 };
    const window = collectTables(decode(file, { limits: { time } }));
    expect([...window.get('LLAMAEvent_4')!.columns.get('packet_id')!.data]).toEqual([8]);
  });

  it('survives any damage', { timeout: 60_000 }, () => {
    // Room for no more rows than there are: making it is what takes the time.
    const options = { ...named, batchRows: 128 };
    for (let seed = 1; seed <= 1500; seed++) {
      expect(
        () => decode(corrupted(file, seed), options, 1 + ((seed * 7919) % 3000)),
        `${seed}`,
      ).not.toThrow();
    }
    for (let seed = 1; seed <= 200; seed++)
      decode(concatenate([parts[0]!, randomBytes(seed * 20, seed)]), options);
  });

  it('leaves out channels whose lengths do not fit together', () => {
    const decoder = new LlamaDecoder({});
    decoder.push(
      encodeLlamaHeader([
        llamaChannel({ id: 0, eventLength: 2 ** 32 - 1 }),
        llamaChannel({ id: 1, eventLength: 0 }),
      ]),
    );
    expect(decoder.report().anomalyCounts).toEqual({ 'no-start-time': 1, 'bad-configuration': 2 });
  });
});

describe('startTimeOf', () => {
  it.each([
    ['20241218-150158-pulser.bin', 0, 1734534118],
    ['20241218-150158-pulser.bin', 60, 1734530518],
    ['x_20241218T150158Z.bin', 60, 1734534118],
    ['20241218150158.bin', 0, 1734534118],
    ['20241318-150158.bin', 0, undefined],
    ['pulser.bin', 0, undefined],
  ])('%s at %i', (name, offset, expected) => {
    expect(startTimeOf(name, offset)).toBe(expected);
  });
});
