import type { ExperimentCheck, MetersFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { group } from '../../lib/format/numbers';
import { aStatus } from '../../testing/fixtures';
import { type CheckState, checkState, type ExperimentFacts, typedNumber } from './check-state';
import { expectation, judge } from './evaluate';
import { messages } from './messages';

const nothing: ExperimentFacts = {
  settings: 'count-muons-simulated',
  presets: ['count-muons-simulated'],
  status: null,
  rateHz: null,
  meters: null,
  run: null,
  dataKinds: [],
};
const none = { text: '', confirmed: false };

function state(
  check: ExperimentCheck,
  facts: Partial<ExperimentFacts> = {},
  answer = none,
  language: 'en' | 'de' = 'en',
): CheckState {
  return checkState(check, { ...nothing, ...facts }, answer, language);
}
const base = aStatus();
const running = aStatus({
  state: 'RUN',
  run: {
    id: '0198c000-0000-7000-8000-000000000001',
    number: 4,
    startedAt: null,
    limits: {},
    mode: 'count-muons-simulated',
  },
  counters: { ...base.counters, recorded: '12' },
});

describe('steps of an experiment', () => {
  it('tick when the settings are those of a preset', () => {
    expect(state({ kind: 'settings' }, { settings: null })).toEqual({
      done: false,
      said: 'The detector has no settings yet.',
    });
    expect(state({ kind: 'settings' }, { settings: 'demo' }).said).toContain('other settings: demo');
    expect(state({ kind: 'settings' })).toEqual({ done: true, said: '' });
  });

  it('do not tick on what another measurement shows', () => {
    const other = { settings: 'standard', status: running, rateHz: 3 };
    const said = 'Choose the settings of the experiment first.';
    expect(state({ kind: 'signal', events: 10 }, other)).toEqual({ done: false, said });
    expect(state({ kind: 'rate', minHz: 1, maxHz: 5 }, other)).toEqual({ done: false, said });
    expect(state({ kind: 'device' }, other)).toEqual({ done: false, said });
    expect(state({ kind: 'run', events: 10 }, other).said).toContain('Take a run with these settings first.');
  });

  it('tick when every source answers, one of them by the driver asked for', () => {
    const source = { name: 'scope', driver: 'picoscope', health: 'ok', message: '' };
    const status = (...sources: object[]): ExperimentFacts['status'] =>
      ({ ...base, sources }) as ExperimentFacts['status'];
    const check: ExperimentCheck = { kind: 'device', driver: 'picoscope' };
    expect(state(check).done).toBe(false);
    expect(state(check, { status: status() }).done).toBe(false);
    expect(state(check, { status: status(source) })).toEqual({ done: true, said: 'scope answers' });
    expect(state(check, { status: status({ ...source, driver: 'replay' }) }).done).toBe(false);
    const broken = { ...source, health: 'fault', message: 'libps2000a is not installed' };
    expect(state(check, { status: status(source, broken) })).toEqual({
      done: false,
      said: 'libps2000a is not installed',
    });
  });

  it('tick on a signal, a rate and a voltage only while a run shows them', () => {
    const signal: ExperimentCheck = { kind: 'signal', events: 10 };
    expect(state(signal, { status: base }).said).toBe('No run takes data now.');
    expect(state(signal, { status: running }).done).toBe(true);
    expect(state({ ...signal, events: 13 }, { status: running }).done).toBe(false);
    const rate: ExperimentCheck = { kind: 'rate', minHz: 1, maxHz: 5 };
    expect(state(rate, { rateHz: 3 }).done).toBe(false);
    expect(state(rate, { rateHz: 3, status: running }).done).toBe(true);
    expect(state(rate, { rateHz: 5.1, status: running }).done).toBe(false);
    const meter: ExperimentCheck = { kind: 'meter', channel: 1, quantity: 'effective', minV: 0.3, maxV: 0.4 };
    const meters = [{ channel: 1, effective: 0.35 }] as MetersFrame['channels'];
    expect(state(meter).said).toContain('nothing of this channel');
    expect(state(meter, { meters }).done).toBe(true);
    expect(state({ ...meter, channel: 0 }, { meters }).done).toBe(false);
  });

  it('tick on a run with enough events, and on what was made of it', () => {
    const run = { number: 4, recorded: 3000n };
    expect(state({ kind: 'run', events: 3000 }).done).toBe(false);
    expect(state({ kind: 'run', events: 3000 }, { run }).done).toBe(true);
    expect(state({ kind: 'run', events: 3001 }, { run }).said).toContain(`Run 4: ${group('3000')} events`);
    const during = state({ kind: 'run', events: 10 }, { status: running });
    expect(during.said).toBe('12 events recorded, wanted: 10. That is enough: end the run.');
    expect(during.done).toBe(false);
    const data: ExperimentCheck = { kind: 'data', dataKind: 'statistics' };
    expect(state(data, { run, dataKinds: ['raw'] }).said).toBe('Run 4 has no result yet.');
    expect(state(data, { run, dataKinds: ['raw', 'statistics'] }).done).toBe(true);
  });

  it('take an answer with point or comma, and help on when it is wrong', () => {
    const hint = { en: 'Look again.', de: 'Noch einmal.' };
    const check: ExperimentCheck = { kind: 'answer', unit: 'ms', value: 1, tolerance: 0.03, hint };
    const answered = (text: string, language: 'en' | 'de' = 'en'): CheckState =>
      state(check, {}, { text, confirmed: false }, language);
    expect(answered('').done).toBe(false);
    expect(answered('1,02').done).toBe(true);
    expect(answered('0.97').done).toBe(true);
    expect(answered('1.04').said).toBe('Not yet: Look again.');
    expect(answered('2', 'de').said).toBe('Noch nicht: Noch einmal.');
    expect(answered('one').said).toBe('Write a number.');
    expect(typedNumber('1e-3')).toBe(0.001);
    expect(state({ kind: 'confirm' }, {}, { text: '', confirmed: true }).done).toBe(true);
  });

  it('have all their words in both languages', () => {
    for (const [name, text] of Object.entries(messages)) {
      expect(text.en, name).not.toBe('');
      expect(text.de, name).not.toBe(text.en);
    }
  });
});

describe('evaluation', () => {
  it('compares with what is expected in uncertainties', () => {
    expect(judge({ expected: 2.197 }, { value: 2.1, error: 0.1 }, 'en')).toEqual({
      good: true,
      said: 'agrees, 1.0 uncertainties away',
    });
    expect(judge({ expected: 2.197 }, { value: 1.8, error: 0.1 }, 'de')).toEqual({
      good: false,
      said: 'weicht ab, 4,0 Unsicherheiten entfernt',
    });
    expect(judge({ expected: 2.197 }, { value: 2.1, error: null }, 'en').good).toBeNull();
    expect(judge({ expected: 1 }, { value: null, error: null }, 'en').said).toBe('–');
  });
  it('compares with limits, and leaves alone what has none', () => {
    expect(judge({ min: 0.01, max: 0.99 }, { value: 0.5, error: null }, 'en').good).toBe(true);
    expect(judge({ max: 0.6 }, { value: 0.7, error: null }, 'en').good).toBe(false);
    expect(judge({}, { value: 3, error: null }, 'en')).toEqual({ good: null, said: '' });
    expect(expectation({ expected: 2.197 }, 'µs', 'de')).toBe('2,197 µs');
    expect(expectation({ min: 0.01, max: 0.99 }, '', 'en')).toBe('0.01 to 0.99');
    expect(expectation({ min: 100 }, '', 'en')).toBe('at least 100');
  });
});
