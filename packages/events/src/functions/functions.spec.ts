import { describe, expect, it } from 'vitest';
import type { EventOperation } from '../building/event-config.js';
import { tiersOf } from '../building/operation-tiers.js';
import { buildEvents, lists, numbers } from '../testing/small-events.js';
import { arrivalDensity, blurredDecay, scaledErfc } from './arrival-density.js';
import { lightStatistic } from './coincidence-classifier.js';
import { eventFunctions } from './registry.js';

const nan = Number.NaN;
const call = (expression: string): EventOperation => ({ expression, aggregationMode: 'function' });

describe('pulses of photo-sensors', () => {
  // Lists are filled up with NaN, as processing chains of fixed size leave them.
  const channels = [
    { energy_in_pe: lists([2, nan, nan], [1, 3, nan]), trigger_pos: lists([100, nan, nan], [50, 900, nan]) },
    { energy_in_pe: lists([nan, nan, nan]), trigger_pos: lists([nan, nan, nan]) },
  ];
  const events = [
    [
      [1, 0],
      [2, 0],
    ],
    [[1, 1]],
  ] as const;
  const mask = 'spms.make_pulse_data_mask(<...>, a_thr_pe=1.5, t_loc_ns=0, dt_range_ns=(0, 500))';
  const gather = "spms.gather_pulse_data(<...>, observable='hit.energy_in_pe'";
  const build = (operations: Record<string, EventOperation>) => buildEvents(channels, events, operations);

  it('are gathered by channel, without what fills lists up', () => {
    const { all, dropped, whole } = build({
      all: call(`pygama.evt.modules.${gather})`),
      dropped: call(`${gather}, out_layout='drop_empty')`),
      whole: call(`${gather}, out_layout='non_sparse')`),
    });
    expect(all).toEqual([[[2], []], [[1, 3]]]);
    expect(dropped).toEqual([[[2]], [[1, 3]]]);
    expect(whole).toEqual([
      [[2], []],
      [[1, 3], []],
    ]);
  });

  it('are cut by size and time, with a mask or without', () => {
    const cut = ', a_thr_pe=1.5, t_loc_ns=0, dt_range_ns=[0, 500])';
    const {
      mask: made,
      masked,
      direct,
      keys,
    } = build({
      mask: call(mask),
      masked: call(`${gather}, pulse_mask=evt.mask)`),
      direct: call(`${gather}${cut}`),
      keys: call(`spms.gather_tcm_data(<...>, tcm_field='id', pulse_mask=evt.mask, drop_empty=True)`),
    });
    expect(made).toEqual([[[1], []], [[0, 0]]]);
    expect(masked).toEqual([[[2], []], [[]]]);
    expect(direct).toEqual(masked);
    expect(keys).toEqual([[1], []]);
  });

  it.each([
    [`${gather}, pulse_mask=evt.none)`, 'there is no field evt.none'],
    [`${gather}, cut=1)`, 'has no argument cut'],
    [`${gather}, a_thr_pe=1, t_loc_ns=0)`, 'dt_range_ns must be given'],
    ["spms.gather_pulse_data(<...>, observable='energy')", 'must name a column of hits'],
    ["spms.gather_tcm_data(<...>, tcm_field='time')", 'tcm_field is one of'],
  ])('refuse %s', (text, message) => {
    expect(() => build({ field: call(text) })).toThrow(message);
  });

  it('count among the tiers that a configuration reads, by default too', () => {
    expect([...tiersOf([call(mask)], eventFunctions())]).toEqual(['hit']);
    expect([...tiersOf([{ expression: 'evt.a', query: 'dsp.b > 1' }], [])]).toEqual(['dsp']);
  });
});

describe('light of the same decay', () => {
  it('has a density whose pieces integrate to one', () => {
    expect(scaledErfc(0)).toBe(1);
    expect(scaledErfc(1)).toBeCloseTo(0.427583576155807, 14);
    expect(scaledErfc(2.5)).toBeCloseTo(0.2108063640611, 12);
    expect(scaledErfc(2.5000001)).toBeCloseTo(scaledErfc(2.5), 7);
    expect(scaledErfc(10)).toBeCloseTo(0.0561409927438226, 14);
    let sum = 0;
    for (let t = -1000; t < 20_000; t++) sum += blurredDecay(t, 1100, 35);
    expect(sum).toBeCloseTo(1, 5);
    expect(arrivalDensity(4000, 1)).toBeCloseTo(1 / 6000, 15);
  });

  it('gives a statistic per event', () => {
    expect(lightStatistic([], 0.1, [1])).toBe(Infinity);
    const density = [0.5, 0.3, 0.2];
    const f = (t: number): number => Math.log(arrivalDensity(t, 0.1));
    // 0.2 counts as 1 photo-electron, 2.5 as 3: 4 in all, two bins behind the last.
    const pulses = [
      { t: 0, amplitude: 0.2 },
      { t: 300, amplitude: 2.5 },
    ];
    expect(lightStatistic(pulses, 0.1, density)).toBeCloseTo(
      -(f(0) + 3 * f(300)) / 4 - 0.2 + Math.log(0.2),
      12,
    );
    expect(() => lightStatistic([{ t: 6000, amplitude: 1 }], 0.1, density)).toThrow('mask it');
  });

  it('is found from fields of pulses', () => {
    const channels = [{ energy_in_pe: lists([1, 2], []), trigger_pos: lists([1000, 1300], []) }];
    const { light } = buildEvents(channels, [[[1, 0]], [[1, 1]]], {
      t: call("spms.gather_pulse_data(<...>, observable='hit.trigger_pos')"),
      a: call("spms.gather_pulse_data(<...>, observable='hit.energy_in_pe')"),
      light: call(
        'spms.geds_coincidence_classifier(<...>, spms_t0=evt.t, spms_amp=evt.a, geds_t0_ns=1000, ts_bkg_prob=0.1, rc_density=[0.5, 0.3, 0.1, 0.1])',
      ),
    });
    const expected = lightStatistic(
      [
        { t: 0, amplitude: 1 },
        { t: 300, amplitude: 2 },
      ],
      0.1,
      [0.5, 0.3, 0.1, 0.1],
    );
    expect(light).toEqual([expected, Infinity]);
  });
});

describe('events behind a discharge', () => {
  it('are flagged for a while', () => {
    const channels = [{ t: numbers(1, 2, 2.5, 3, 9), saturated: numbers(0, 1, 0, 0, 0) }];
    const single = Array.from({ length: 5 }, (_, row) => [[1, row]] as const);
    const { off } = buildEvents(channels, single, {
      t: { expression: 'hit.t', aggregationMode: 'first_at:hit.t' },
      flag: { expression: 'hit.saturated > 0', aggregationMode: 'any' },
      off: call('geds.apply_recovery_cut(<...>, timestamps=evt.t, flag=evt.flag, time_window=1)'),
    });
    expect(off).toEqual([0, 1, 1, 0, 0]);
  });
});

describe('cross-talk', () => {
  const crossTalk = {
    channels: [1, 2],
    negative: [
      [0, -0.02],
      [null, 0],
    ],
    positive: [
      [0, 0.01],
      [0.1, 0],
    ],
  };
  const channels = [{ e: numbers(1000, 500) }, { e: numbers(100, 3) }];
  const events = [
    [
      [1, 0],
      [2, 0],
    ],
    [
      [1, 1],
      [2, 1],
    ],
  ] as const;
  const correct = (rest: string): EventOperation =>
    call(
      `geds.apply_xtalk_correction(<...>, uncal_energy_expr='hit.e', cal_energy_expr='hit.e', multiplicity_expr='hit.e > 10', energy_threshold=5${rest})`,
    );

  it('is taken from every hit of the event that is above the threshold', () => {
    const { energy, place } = buildEvents(
      channels,
      events,
      { energy: correct(''), place: correct(", return_mode='tcm_index'") },
      { crossTalk },
    );
    // Row: where it comes from, column: where it is seen. Of −0.02 and 0.01 the first is larger.
    expect(energy).toEqual([[1000 - 0.1 * 100, 100 + 0.02 * 1000], [500]]);
    expect(place).toEqual([[0, 1], [2]]);
  });

  describe('with calibration', () => {
    const calibrations = new Map([
      [
        1,
        { cal: { expression: 'a + b * e2', parameters: { a: 1, b: 2 } }, e2: { expression: 'e + 10 * x' } },
      ],
      [2, { cal: { expression: 'e * 3' } }],
    ]);
    const hits = [
      { ...channels[0], x: numbers(1, 2) },
      { ...channels[1], x: numbers(3, 4) },
    ];
    const calibrate = (rest = "uncal_var='hit.e', recal_var='hit.cal'"): EventOperation =>
      call(
        `pygama.evt.modules.geds.apply_xtalk_correction_and_calibrate(<...>, return_mode='energy', uncal_energy_expr='hit.e', cal_energy_expr='hit.e', multiplicity_expr='hit.e > 10', energy_threshold=5, xtc_matrix_file='xtc.lh5', par_files=['a.yaml'], ${rest})`,
      );

    it('works the operations of each channel out again, with the corrected energy', () => {
      const { energy } = buildEvents(hits, events, { energy: calibrate() }, { crossTalk, calibrations });
      expect(energy).toEqual([[1 + 2 * (990 + 10), 120 * 3], [1 + 2 * (500 + 20)]]);
    });

    it.each<[string, string | undefined, object, string]>([
      ['no operations', undefined, { calibrations: undefined }, 'the operations of the option calibrations'],
      [
        'an unknown operation',
        "uncal_var='hit.e', recal_var='hit.none'",
        {},
        'ch1: there is no operation none; there are cal, e2',
      ],
      [
        'an unknown column',
        undefined,
        { calibrations: new Map([[1, { cal: { expression: 'none' } }]]) },
        'has no column none',
      ],
      [
        'a circle',
        undefined,
        { calibrations: new Map([[1, { cal: { expression: 'b' }, b: { expression: 'cal' } }]]) },
        'cal -> b -> cal depends on itself',
      ],
      [
        'a channel without',
        undefined,
        { calibrations: new Map([[1, { cal: { expression: 'e' } }]]) },
        'there is no cal of channel 2',
      ],
      ['a wrong argument', "uncal='hit.e', recal_var='cal'", {}, 'has no argument uncal'],
    ])('tells of %s', (_, rest, extra, message) => {
      expect(() =>
        buildEvents(hits, events, { energy: calibrate(rest) }, { crossTalk, calibrations, ...extra }),
      ).toThrow(message);
    });
  });

  it('needs its matrices, and matrices that fit', () => {
    expect(() => buildEvents(channels, events, { energy: correct('') })).toThrow('option crossTalk');
    const short = { ...crossTalk, positive: [[0]] };
    expect(() => buildEvents(channels, events, { energy: correct('') }, { crossTalk: short })).toThrow(
      'crossTalk.positive must be 2 × 2',
    );
  });
});

describe('names of detectors', () => {
  const channels = [{ e: numbers(1, 3) }, { e: numbers(2) }];
  const events = [
    [
      [1, 0],
      [2, 0],
    ],
    [[1, 1]],
    [],
  ] as const;
  const build = (operations: Record<string, EventOperation>, detectors?: ReadonlyMap<number, string>) =>
    buildEvents(channels, events, operations, { detectors });
  const lead = { expression: 'tcm.table_key', aggregationMode: 'last_at:hit.e' };
  const all = { expression: 'tcm.table_key', aggregationMode: 'gather' };
  const known = new Map([
    [1, 'V01'],
    [2, 'B02'],
  ]);

  it('stand for keys of one hit or of all, and for none', () => {
    const made = build(
      {
        lead,
        all,
        none: { ...lead, initial: 0 },
        name: call('pygama.evt.modules.legend.convert_rawid(<...>, rawid_obj=evt.lead)'),
        names: call('legend.convert_rawid(<...>, rawid_obj=evt.all)'),
        zero: call('legend.convert_rawid(<...>, rawid_obj=evt.none)'),
      },
      known,
    );
    expect(made['name']).toEqual(['B02', 'V01', '0000000']);
    expect(made['names']).toEqual([['V01', 'B02'], ['V01'], []]);
    expect(made['zero']).toEqual(made['name']);
  });

  it('say what is wrong', () => {
    const names = call('legend.convert_rawid(<...>, rawid_obj=evt.all)');
    expect(() => build({ all, names })).toThrow("needs the detectors' names: give channel_mapping");
    expect(() => build({ all, names }, new Map([[1, 'V01']]))).toThrow(
      'operations.names: evt.all: there is no detector of key 2',
    );
    expect(() => build({ all, names, more: { expression: 'names == 1' } }, known)).toThrow(
      'operations.more: evt.names holds texts',
    );
    expect(() => build({ ...{ all }, names: { ...names, dtype: 'int32' } }, known)).toThrow('dtype');
    const mask = { expression: 'hit.e > 1', aggregationMode: 'any' };
    const wrong = call('legend.convert_rawid(<...>, rawid_obj=evt.mask)');
    expect(() => build({ mask, wrong }, known)).toThrow('must hold one table key per event');
  });
});
