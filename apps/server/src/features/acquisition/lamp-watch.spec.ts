import { detectorConfiguration } from '@countroom/contracts';
import type { LampSettings, LampState } from '@countroom/drivers';
import { describe, expect, it } from 'vitest';
import { LampWatch, type WatchedMachine } from './lamp-watch.js';

const { lamps } = detectorConfiguration.parse({
  sources: [{ name: 'a', driver: 'sensors', config: {} }],
  lamps: { runPin: 24, readoutPin: 25 },
});

function bench(fails = false) {
  const opened: LampSettings[] = [];
  const shown: LampState[] = [];
  const warnings: string[] = [];
  let closed = 0;
  const machine: { -readonly [K in keyof WatchedMachine]: WatchedMachine[K] } = {
    configuration: { content: { lamps } },
    run: undefined,
    position: { phase: 'idle' },
    slots: [{ sourceStatus: { counters: { recorded: 3n } } }, { sourceStatus: undefined }],
  };
  const open = (settings: LampSettings) => {
    if (fails) throw new Error('pin 24 is in use');
    opened.push(settings);
    return {
      show: (state: LampState) => void shown.push(state),
      close: () => {
        closed += 1;
      },
    };
  };
  const watch = new LampWatch(machine, open, (message) => void warnings.push(message));
  return { watch, machine, opened, shown, warnings, closings: () => closed };
}

describe('lamps of a detector', () => {
  it('show whether data is taken, and what was read out of all sources', () => {
    const { watch, machine, opened, shown } = bench();
    watch.look(0);
    machine.run = {};
    machine.position = { phase: 'taking' };
    watch.look(50);
    machine.position = { phase: 'paused' };
    watch.look(100);
    expect(opened).toEqual([{ chip: 0, runPin: 24, readoutPin: 25, mostPerSecond: 5, activeLow: false }]);
    expect(shown.map(({ running }) => running)).toEqual([false, true, false]);
    expect(shown[0]!.events).toBe(3n);
  });

  it('follow the configuration', () => {
    const { watch, machine, opened, closings } = bench();
    watch.look(0);
    machine.configuration = { content: { lamps: { ...lamps!, runPin: 23 } } };
    watch.look(50);
    machine.configuration = { content: {} };
    watch.look(100);
    expect(opened.map(({ runPin }) => runPin)).toEqual([24, 23]);
    expect(closings()).toBe(2);
  });

  it('that cannot be had are told of once', () => {
    const { watch, warnings } = bench(true);
    for (let ms = 0; ms < 500; ms += 50) watch.look(ms);
    expect(warnings).toEqual(['The lamps are off: pin 24 is in use']);
  });

  it('that fail later are told of once, and their pins given back', () => {
    const warnings: string[] = [];
    let closed = 0;
    const broken = {
      show: () => {
        throw new Error('the chip is gone');
      },
      close: () => {
        closed += 1;
        throw new Error('the chip is gone');
      },
    };
    const { machine } = bench();
    const watch = new LampWatch(
      machine,
      () => broken,
      (message) => void warnings.push(message),
    );
    for (let ms = 0; ms < 500; ms += 50) watch.look(ms);
    watch.close();
    expect(warnings).toEqual(['The lamps are off: the chip is gone']);
    expect(closed).toBe(1);
  });

  it('need a pin, and one for each', () => {
    const parse = (given: object) =>
      detectorConfiguration.safeParse({
        sources: [{ name: 'a', driver: 'sensors', config: {} }],
        lamps: given,
      });
    expect(parse({}).success).toBe(false);
    expect(parse({ runPin: 4, readoutPin: 4 }).success).toBe(false);
    expect(parse({ readoutPin: 4 }).success).toBe(true);
  });
});
