import { describe, expect, it } from 'vitest';
import { concatenate, randomBytes } from '../../testing/corrupt.js';
import { toBigEndian } from '../../testing/orca/encode-container.js';
import { flashCamExample } from '../../testing/orca/orca-examples.js';
import { OrcaDecoder } from '../orca-decoder.js';
import { findOrcaPacket, hexDump, type OrcaPacketEntry, orcaPackets, skimOrca } from './orca-packets.js';

const file = flashCamExample();

async function all(source: AsyncIterable<OrcaPacketEntry>): Promise<OrcaPacketEntry[]> {
  const list: OrcaPacketEntry[] = [];
  for await (const packet of source) list.push(packet);
  return list;
}

describe('orcaPackets', () => {
  it.each([
    ['little-endian', file],
    ['big-endian', toBigEndian(file)],
  ])('lists every byte of a %s file', async (_, bytes) => {
    const chunks = [bytes.subarray(0, 1001), bytes.subarray(1001)];
    const packets = await all(orcaPackets(chunks));
    expect(concatenate(packets.map((packet) => packet.bytes))).toEqual(bytes);
    expect(packets.slice(0, 3).map(({ index, form, name }) => [index, form, name])).toEqual([
      [0, 'header', 'OrcaHeader'],
      [1, 'long', 'ORRunDecoderForRun'],
      [2, 'long', 'ORFlashCamListenerConfig'],
    ]);
    expect(packets.filter(({ form }) => form === 'short').map(({ name }) => name)).toEqual([
      'ORShort',
      'ORShort',
    ]);
    expect(packets.every(({ bytes: own, words }) => own.length === 4 * words)).toBe(true);
  });

  it('refuses what is no ORCA file', async () => {
    await expect(all(orcaPackets([randomBytes(5000, 1)]))).rejects.toThrow('there is no ORCA header');
  });
});

describe('findOrcaPacket', () => {
  it('counts from both ends', async () => {
    const packets = await all(orcaPackets([file]));
    expect(await findOrcaPacket([file], 5)).toEqual(packets[5]);
    expect(await findOrcaPacket([file], -1)).toEqual(packets.at(-1));
    expect(await findOrcaPacket([file], -packets.length)).toEqual(packets[0]);
    expect(await findOrcaPacket([file], packets.length)).toBeUndefined();
    expect(await findOrcaPacket([file], -packets.length - 1)).toBeUndefined();
  });
});

describe('skimOrca', () => {
  it('keeps the start, so many packets, and the end', async () => {
    const skimmed = await all(skimOrca([file], 4));
    expect(skimmed.map(({ name }) => name)).toEqual([
      'OrcaHeader',
      'ORRunDecoderForRun',
      'ORFlashCamListenerConfig',
      'ORFlashCamListenerConfig',
      'ORFlashCamADCWaveform',
      'ORFlashCamADCWaveform',
      'ORRunDecoderForRun',
    ]);
    const decoder = new OrcaDecoder();
    decoder.push(concatenate(skimmed.map(({ bytes }) => bytes)));
    decoder.finish();
    expect(decoder.report()).toMatchObject({ clean: true, rows: 6 });
  });

  it('gives a short file once', async () => {
    const count = (await all(orcaPackets([file]))).length;
    expect((await all(skimOrca([file], 100_000))).length).toBe(count);
  });
});

describe('hexDump', () => {
  it('shows words and letters', () => {
    const bytes = new TextEncoder().encode('\u0001\u0000\u0000\u0000ORCA 12345678901');
    expect(hexDump(bytes, 256)).toBe(
      '00000100  00000001 4143524f 33323120 37363534  ....ORCA 1234567\n' +
        '00000110  31303938                             8901',
    );
  });
});
