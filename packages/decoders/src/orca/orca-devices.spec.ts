import { describe, expect, it } from 'vitest';
import type { DecodedBatch } from '../core/decoder.js';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { concatenate } from '../testing/corrupt.js';
import { encodeLong, encodeOrcaHeader } from '../testing/orca/encode-container.js';
import {
  encodeGretina4m,
  encodeIseg,
  encodePreamp,
  encodeSis3302,
  encodeSis3316,
} from '../testing/orca/encode-digitizers.js';
import { encodeListenerStatus } from '../testing/orca/encode-flashcam.js';
import { exampleHeader, exampleId } from '../testing/orca/encode-header.js';
import { digitizerExample, exampleSamples } from '../testing/orca/orca-examples.js';
import { OrcaDecoder } from './orca-decoder.js';

const header = encodeOrcaHeader(exampleHeader());

function decode(...packets: Uint8Array[]): { tables: Map<string, WholeTable>; decoder: OrcaDecoder } {
  const decoder = new OrcaDecoder();
  const batches: DecodedBatch[] = [...decoder.push(concatenate(packets)), ...decoder.finish()];
  return { tables: collectTables(batches), decoder };
}

function column(table: WholeTable | undefined, name: string): unknown[] {
  return Array.from((table?.columns.get(name)?.data ?? []) as Iterable<unknown>);
}

function row(table: WholeTable | undefined, index = 0): Record<string, unknown> {
  return Object.fromEntries(
    [...(table?.columns ?? [])]
      .filter(([, { shape }]) => shape.length === 1)
      .map(([name, { data }]) => [name, data[index]]),
  );
}

describe('SIS3302', () => {
  const place = { crate: 5, card: 17, channel: 6 };
  const event = {
    ...place,
    ticks: 3 * 2 ** 32 + 7,
    samples: exampleSamples(0, 8),
    energies: [11, 12, 13],
    energy: 4_000_000_000,
    energyFirst: 9,
  };

  it('gives back what was encoded', () => {
    const { tables } = decode(header, encodeSis3302(event));
    const table = tables.get('ORSIS3302DecoderForEnergy');
    expect(row(table)).toEqual({
      ...place,
      packet_id: 1,
      energy: 4_000_000_000,
      energy_first: 9,
      timestamp: 3n * 2n ** 32n + 7n,
      'waveform/t0': 0,
      'waveform/dt': 10,
    });
    expect(column(table, 'waveform/values')).toEqual([...event.samples]);
  });

  it('puts a ring buffer that has wrapped around in order', () => {
    const { tables } = decode(header, encodeSis3302({ ...event, startIndex: 2 }));
    const values = column(tables.get('ORSIS3302DecoderForEnergy'), 'waveform/values');
    expect(values).toEqual([1003, 1004, 1005, 1006, 1007, 1000, 1001, 1002]);
  });

  it('keeps packets without the mark at their end out', () => {
    const broken = encodeSis3302(event);
    broken[broken.length - 1] = 0;
    const { tables, decoder } = decode(header, broken, encodeSis3302(event));
    expect(tables.get('ORSIS3302DecoderForEnergy')!.rows).toBe(1);
    expect(decoder.report().garbage).toEqual([
      {
        offset: header.length,
        length: broken.length,
        reason: 'packet whose content does not fit its kind',
      },
    ]);
  });
});

describe('SIS3316', () => {
  const place = { crate: 1, card: 6, channel: 11 };

  it('reads events of every format', () => {
    for (let formatBits = 0; formatBits < 16; formatBits++) {
      const all = [
        [(17 << 16) | 9000, (3 << 24) | 101, 102, 103, 104, 105, 106],
        [107, 108],
        [201, 202, 203],
        [301, 302],
      ];
      const blocks = all.filter((_, bit) => ((formatBits >> bit) & 1) === 1).flat();
      const events = [0, 1].map((n) => ({
        ticks: 2 ** 40 + n,
        formatBits,
        blocks,
        samples: exampleSamples(n, 6),
      }));
      const { tables, decoder } = decode(header, encodeSis3316(place, events));
      const table = tables.get('ORSIS3316Waveform');
      expect(decoder.report().clean).toBe(true);
      const has = (bit: number, value: number): number => ((formatBits >> bit) & 1) * value;
      expect(row(table, 1)).toEqual({
        ...place,
        packet_id: 1,
        timestamp: 2n ** 40n + 1n,
        peakHighValue: has(0, 9000),
        peakHighIndex: has(0, 17),
        information: has(0, 3),
        ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`accSum${n}`, has(0, 100 + n)])),
        accSum7: has(1, 107),
        accSum8: has(1, 108),
        mawMax: has(2, 201),
        mawBefore: has(2, 202),
        mawAfter: has(2, 203),
        startEnergy: has(3, 301),
        maxEnergy: has(3, 302),
        energy: has(3, 302),
        energy_first: has(3, 301),
        'waveform/t0': 0,
        'waveform/dt': 8,
      });
      expect(column(table, 'waveform/values').slice(6)).toEqual([...exampleSamples(1, 6)]);
    }
  });

  it('reports an event that does not fit, and keeps the others', () => {
    const event = { ticks: 1, formatBits: 0, blocks: [], samples: exampleSamples(0, 6) };
    const packet = encodeSis3316(place, [event, event]);
    packet[4 * (1 + 9 + 2)] = 0xff;
    const { tables, decoder } = decode(header, packet);
    expect(tables.get('ORSIS3316Waveform')!.rows).toBe(1);
    expect(decoder.report().garbageCount).toBe(1);
  });
});

describe('GRETINA4M', () => {
  const place = { crate: 1, card: 9, channel: 3, boardId: 0xabc, ticks: 2 ** 47 + 3, energy: 0x1ffffff };

  it('reads plain waveforms', () => {
    const samples = Int16Array.from({ length: 2000 }, (_, i) => i - 1000);
    const { tables } = decode(header, encodeGretina4m({ ...place, samples }));
    const table = tables.get('ORGretina4MWaveform');
    expect(row(table)).toEqual({
      packet_id: 1,
      ievt: 0,
      crate: 1,
      card: 9,
      channel: 3,
      board_id: 0xabc,
      energy: 0x1ffffff,
      timestamp: 2n ** 47n + 3n,
      'waveform/t0': 0,
      'waveform/dt': 10,
    });
    expect(column(table, 'waveform/values')).toEqual([...samples]);
  });

  it('expands those of two rates', () => {
    const tables = decode(digitizerExample(1)).tables;
    expect([...tables.keys()]).toContain('ORGretina4MWaveform_656');
    expect(tables.get('ORGretina4MWaveform_656')!.columns.get('waveform/values')!.shape).toEqual([1, 2000]);
    expect(tables.get('ORGretina4MWaveform_657')!.columns.get('waveform/values')!.shape).toEqual([1, 3993]);
  });
});

describe('slow control', () => {
  it('gives a row per channel', () => {
    const voltages = Array.from({ length: 16 }, (_, i) => i / 4 - 2);
    const values = Array.from({ length: 8 }, (_, i) => [1000 + i, i / 2] as const);
    const on = values.map((_, i) => i > 5);
    const { tables } = decode(
      header,
      encodePreamp(0x123, 1_600_000_000, 0x8001, voltages),
      encodeIseg(9, 4, 7, on, values),
    );
    const preamp = tables.get('ORMJDPreAmpDecoderForAdc');
    expect(row(preamp, 15)).toEqual({
      packet_id: 1,
      timestamp: 1_600_000_000,
      device_id: 0x123,
      channel: 15,
      enabled: 1,
      adc: 1.75,
    });
    expect(column(preamp, 'enabled')).toEqual([1, ...new Array<number>(14).fill(0), 1]);
    const iseg = tables.get('ORiSegHVCardDecoderForHV');
    expect(row(iseg, 7)).toEqual({
      packet_id: 2,
      timestamp: 7,
      crate: 9,
      card: 4,
      channel: 7,
      enabled: 1,
      voltage: 1007,
      current: 3.5,
    });
    expect(column(iseg, 'enabled')).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it('reads the status of FlashCam cards', () => {
    const card = (from: number): number[] => Array.from({ length: 295 }, (_, word) => from + word);
    const time = [3, 500_000, 1_600_000_000, 250_000, 0, 2, 125_000];
    const packet = encodeListenerStatus(4, 1, time, [card(0), card(1000)]);
    const table = decode(header, packet).tables.get('ORFlashCamListenerStatus');
    expect(row(table)).toMatchObject({
      fcid: 4,
      readout_id: 1,
      status: 1,
      statustime: 3.5,
      cputime: 1_600_000_000.25,
      startoffset: 2.125,
      n_cards: 2,
      card_data_size: 1180,
    });
    expect(column(table, 'card_id')).toEqual([0, 1000]);
    expect(column(table, 'card_adc_temps')).toEqual([32, 33, 1032, 1033]);
    expect(column(table, 'card_link_states').slice(255, 257)).toEqual([294, 1039]);
  });

  it('leaves packets out that are too short for their kind', () => {
    const { decoder } = decode(header, encodeLong(exampleId('ORMJDPreAmpDecoderForAdc'), [1, 2, 3]));
    expect(decoder.report()).toMatchObject({ rows: 0, garbageCount: 1 });
  });
});
