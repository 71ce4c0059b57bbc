import type { Struct } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { caenDt57xxFormat } from '../caen-dt57xx/caen-dt57xx.format.js';
import { decodeStream } from '../core/decode-stream.js';
import type { DecodedBatch, DecodeOptions, FormatDefinition } from '../core/decoder.js';
import { standardFormats } from '../formats.js';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { type CompassExample, encodeCompass, encodeCompassSettings } from '../testing/compass-encoder.js';
import { concatenate, damaged } from '../testing/corrupt.js';
import { compassFormat } from './compass.format.js';
import { type CompassFields, layoutOf } from './compass-layout.js';
import { readCompassSettings } from './compass-settings.js';

const all: CompassFields = { energy: true, calibrated: true, short: true, samples: 'coded' };

function events(count: number, samples = 5): CompassExample[] {
  return Array.from({ length: count }, (_, i) => ({
    board: i % 2,
    channel: i % 3,
    time: 9_007_199_254_740_993n + 1000n * BigInt(i),
    energy: 100 + i,
    calibrated: 0.5 * i,
    short: 10 + i,
    flags: 0x4000 | (i % 2),
    samples: Uint16Array.from({ length: samples }, (__, k) => 1000 * i + k),
  }));
}

function decode(bytes: Uint8Array, options: DecodeOptions = {}, format: FormatDefinition = compassFormat) {
  const decoder = format.open(options);
  const batches: DecodedBatch[] = [];
  for (let at = 0; at < bytes.length; at += 37) batches.push(...decoder.push(bytes.subarray(at, at + 37)));
  batches.push(...decoder.finish());
  return { tables: collectTables(batches), objects: decoder.objects(), report: decoder.report() };
}

const column = (table: WholeTable | undefined, name: string): unknown[] => [
  ...table!.columns.get(name)!.data,
];

const combinations = [false, true].flatMap((energy) =>
  [false, true].flatMap((calibrated) =>
    [false, true].flatMap((short) =>
      (['none', 'coded'] as const).map((samples) => ({ energy, calibrated, short, samples })),
    ),
  ),
);

describe('CoMPASS files', () => {
  it.each(combinations)(
    'with energy $energy, calibrated $calibrated, short $short, samples $samples',
    (fields) => {
      const made = events(7);
      const { tables, objects, report } = decode(encodeCompass(fields, made));
      const table = tables.get('CompassEvent');
      expect(report).toMatchObject({ clean: true, records: { Header: 1, Event: 7 } });
      expect(column(table, 'packet_id')).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(column(table, 'board')).toEqual(made.map(({ board }) => board));
      expect(column(table, 'channel')).toEqual(made.map(({ channel }) => channel));
      expect(column(table, 'energy')).toEqual(made.map(({ energy }) => (fields.energy ? energy : 0)));
      expect(column(table, 'energy_short')).toEqual(made.map(({ short }) => (fields.short ? short : 0)));
      expect(column(table, 'energy_calibrated')).toEqual(
        made.map(({ calibrated }) => (fields.calibrated ? calibrated : NaN)),
      );
      expect(column(table, 'flags')).toEqual(made.map(({ flags }) => flags));
      const values = table!.columns.get('waveform/values');
      if (fields.samples === 'none') expect(values).toBeUndefined();
      else expect([...values!.data]).toEqual(made.flatMap(({ samples }) => [...samples!]));
      const header = objects[0]!.object as Struct;
      expect(objects[0]!.path).toBe('CompassHeader');
      expect(header.fields.get('energy_calibrated')).toMatchObject({ value: fields.calibrated ? 1n : 0n });
      expect(header.fields.get('waveform_samples')).toMatchObject({
        value: fields.samples === 'none' ? 0n : 1n,
      });
    },
  );

  it.each(
    combinations.filter(({ energy, calibrated, samples }) => (energy || calibrated) && samples === 'coded'),
  )(
    'without header word: energy $energy, calibrated $calibrated, short $short are found out',
    async (fields) => {
      const bytes = encodeCompass(fields, events(6, 100), false);
      expect(compassFormat.detect(bytes)).toBe(true);
      expect(caenDt57xxFormat.detect(bytes)).toBe(false);
      const batches: DecodedBatch[] = [];
      for await (const batch of decodeStream([bytes.subarray(0, 90), bytes.subarray(90)], standardFormats()))
        batches.push(batch);
      const table = collectTables(batches).get('CompassEvent');
      expect(column(table, 'energy')).toEqual(events(6).map(({ energy }) => (fields.energy ? energy : 0)));
      expect(column(table, 'energy_short')).toEqual(events(6).map(({ short }) => (fields.short ? short : 0)));
    },
  );

  it('keeps times that a float64 cannot hold', () => {
    const { tables } = decode(encodeCompass(all, events(2)), { exactTimes: true });
    expect(column(tables.get('CompassEvent'), 'timestamp_ps')).toEqual([
      9_007_199_254_740_993n,
      9_007_199_254_741_993n,
    ]);
    expect(column(tables.get('CompassEvent'), 'timestamp')[0]).toBe(9_007_199_254_740_992);
  });

  it('keeps rows within a window of times', () => {
    const seconds = 9007.199254741;
    const { tables } = decode(encodeCompass(all, events(5)), {
      limits: { time: { from: seconds + 0.9e-9, to: seconds + 2.9e-9 } },
    });
    expect(column(tables.get('CompassEvent'), 'packet_id')).toEqual([2, 3]);
  });

  it('puts traces of another length into a table of vectors', () => {
    const made = [
      ...events(3),
      { channel: 0, time: 10n ** 16n, samples: Uint16Array.of(7, 8) },
      ...events(2),
    ];
    const { tables, report } = decode(encodeCompass(all, made));
    expect(tables.get('CompassEvent')!.rows).toBe(5);
    expect(tables.get('CompassEvent_2')!.columns.get('waveform/values')!.data).toEqual(Uint16Array.of(7, 8));
    expect(report.anomalyCounts).toMatchObject({ layout: 1 });
  });

  it('finds the next event behind damage, and keeps what lies between', () => {
    const file = encodeCompass(all, events(20, 30));
    const event = layoutOf(all).headBytes + 60;
    const bytes = concatenate([file.subarray(0, 2 + 5 * event + 11), file.subarray(2 + 6 * event)]);
    const { tables, report } = decode(bytes, { keepGarbage: true });
    expect(tables.get('CompassEvent')!.rows).toBeGreaterThanOrEqual(18);
    expect(report.garbageCount).toBe(1);
    const garbage = tables.get('CompassGarbage')!;
    expect(garbage.columns.get('packets')!.data.length).toBe(report.garbageBytes);
    expect(Number(garbage.columns.get('offset')!.data[0])).toBe(report.garbage[0]!.offset);
    const wild = decode(damaged(file, 'overwrite', 2 + 5 * event, 27, 5));
    expect(wild.tables.get('CompassEvent')!.rows).toBe(19);
  });

  it('reports an end that is cut off', () => {
    const file = encodeCompass(all, events(3));
    const { report, tables } = decode(file.subarray(0, file.length - 4));
    expect(tables.get('CompassEvent')!.rows).toBe(2);
    expect(report.truncatedEnd).toEqual({ offset: 2 + 2 * (layoutOf(all).headBytes + 10), length: 39 });
  });

  it('says that times run backwards', () => {
    const { report } = decode(encodeCompass(all, events(12).reverse()));
    expect(report.anomalyCounts['time-backwards']).toBeGreaterThan(0);
  });

  it('goes on behind a checkpoint', () => {
    const bytes = encodeCompass(all, events(40));
    const whole = decode(bytes).tables.get('CompassEvent')!;
    const first = compassFormat.open();
    const batches = first.push(bytes.subarray(0, 700));
    const { batches: rest, checkpoint } = first.flush();
    const resume = JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint;
    const second = compassFormat.open({ resume });
    batches.push(...rest, ...second.push(bytes.subarray(resume.byteOffset)), ...second.finish());
    expect(second.objects()).toEqual([]);
    expect(collectTables(batches).get('CompassEvent')).toEqual(whole);
    expect(() => caenDt57xxFormat.open({ resume })).toThrow(/the checkpoint is of format compass/);
  });

  it('takes bytes that are nothing for garbage', () => {
    const { report, tables } = decode(new Uint8Array(500).fill(255));
    expect(tables.size).toBe(0);
    expect(report.garbageBytes).toBe(500);
  });
});

describe('CAEN DT57xx files of fixed records', () => {
  it.each([
    { energy: true, calibrated: false, short: true, samples: 'plain' as const },
    { energy: false, calibrated: true, short: true, samples: 'plain' as const },
  ])('energy $energy, calibrated $calibrated', (fields) => {
    const made = events(9, 40);
    const bytes = encodeCompass(fields, made, false);
    expect(standardFormats().detect(bytes)).toBe(caenDt57xxFormat);
    const { tables, objects, report } = decode(bytes, {}, caenDt57xxFormat);
    expect(report).toMatchObject({ clean: true, records: { Event: 9 } });
    expect(objects).toEqual([]);
    const table = tables.get('CAENDT57XX');
    expect(column(table, 'energy_short')).toEqual(made.map(({ short }) => short));
    expect(column(table, 'waveform/values')).toEqual(made.flatMap(({ samples }) => [...samples!]));
  });
});

describe('settings of CoMPASS', () => {
  const settings = encodeCompassSettings([
    {
      model: 'DT5730',
      recordNs: 10,
      channels: [
        [['SRV_PARAM_CH_ENABLED', 'true'], ['SRV_PARAM_CH_THRESHOLD']],
        [['SRV_PARAM_CH_ENABLED', 'true']],
        [
          ['SRV_PARAM_CH_ENABLED', 'true'],
          ['SRV_PARAM_CH_INDYN', 'INDYN_2_0_VPP'],
        ],
        [],
      ],
    },
    { model: 'V1724', recordNs: 200, sampleTimePs: 10_000, channels: [] },
  ]);

  it('give the time between samples and the length of traces', () => {
    const { tables } = decode(encodeCompass(all, events(4, 5)), { settings });
    expect([...tables.keys()]).toEqual(['CompassEvent_0', 'CompassEvent_1']);
    expect(column(tables.get('CompassEvent_0'), 'waveform/dt')).toEqual([2, 2]);
    expect(column(tables.get('CompassEvent_1'), 'waveform/dt')).toEqual([10, 10]);
    const reference = decode(encodeCompass(all, events(1)), { settings, compatibility: 'reference' });
    expect(column(reference.tables.get('CompassEvent_0'), 'waveform/dt')).toEqual([16]);
    expect(column(decode(encodeCompass(all, events(1))).tables.get('CompassEvent'), 'waveform/dt')).toEqual([
      NaN,
    ]);
  });

  it('hold the channels in use, with the value of the board where a channel has none', () => {
    const { boards } = readCompassSettings(settings);
    expect(boards[0]).toMatchObject({ modelName: 'DT5730', sampleRate: 0.5, traceLength: 5 });
    expect([...boards[0]!.channels.keys()]).toEqual(['0', '2']);
    expect(boards[0]!.channels.get('0')!.get('SRV_PARAM_CH_THRESHOLD')).toBe('77.0');
    expect(boards[1]).toMatchObject({ sampleRate: 0.1, traceLength: 20 });
  });

  it('say when the rate of a model is not known', () => {
    const unknown = encodeCompassSettings([{ model: 'X1', recordNs: 8, channels: [] }]);
    expect(readCompassSettings(unknown).remarks[0]).toMatch(/X1 is not known/);
  });

  it.each([
    ['no xml', /settings: this is not well-formed XML/],
    ['<a><b></a>', /not well-formed/],
    ['<configuration/>', /no board/],
    ['<configuration><board><modelName>DT5730</modelName></board></configuration>', /has no record length/],
    [`${'<a>'.repeat(500)}${'</a>'.repeat(500)}`, /nested more than/],
    ['', /not well-formed|no element/],
  ])('refuse %s', (text, message) => {
    expect(() => compassFormat.open({ settings: text })).toThrow(message);
  });
});
