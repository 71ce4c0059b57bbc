import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type DecayTimeConfig, findDecay } from './decay-time.js';
import { type SpectrumFilterConfig, spectrumFilter } from './spectrum-filter.js';

interface File<Config, Result> {
  readonly config: Config;
  readonly channels: readonly string[];
  readonly scale_mV: number;
  readonly number_of_sinks?: number;
  readonly waveforms: readonly (readonly (readonly number[])[])[];
  readonly expected: readonly Result[];
}
type Columns = Record<string, number> | null;

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = join(
  resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'),
  'picodaq/vectors',
);
const files = existsSync(root) ? readdirSync(root).filter((name) => name.endsWith('.json')) : [];
const configOf = (name: string): object => {
  const content = JSON.parse(readFileSync(join(root, name), 'utf8')) as { readonly config?: object };
  return content.config ?? {};
};
const spectra = files.filter((name) => 'peak_minimal_prominence' in configOf(name));
const decays = files.filter((name) => 'signatures' in configOf(name));

function load<Config, Result>(name: string): File<Config, Result> & { records: Float32Array[][] } {
  const file = JSON.parse(readFileSync(join(root, name), 'utf8')) as File<Config, Result>;
  const records = file.waveforms.map((event) =>
    event.map((record) => Float32Array.from(record, (raw) => raw * file.scale_mV)),
  );
  return { ...file, records };
}

/** Columns of the original may be whole numbers, without the fraction. */
function same(value: number, expected: number): void {
  const whole = Number.isInteger(expected) && Math.trunc(value + 1e-9) === expected;
  if (!whole) expect(value).toBeCloseTo(expected, 6);
}

function close(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-4 * Math.abs(expected));
}

describe.runIf(files.length === 0)('peaks', () => {
  it.skip(`there are no records below ${root}`, () => undefined);
});

describe.each(spectra)('spectrum filter: %s', (name) => {
  const { config, channels, records, expected } = load<SpectrumFilterConfig, Columns>(name);
  it.each(records.map((event, i) => [i, event] as const))('event %d', (i, event) => {
    const found = spectrumFilter(event, channels, config);
    const columns: Columns = expected[i] ?? null;
    expect(found === undefined).toBe(columns === null);
    found?.forEach((peak, c) => {
      expect(peak.position).toBe(columns![`${channels[c]}_position`]);
      close(peak.height, columns![`${channels[c]}_height`]!);
      close(peak.integral, columns![`${channels[c]}_integral`]!);
    });
  });
});

describe.each(decays)('decay time: %s', (name) => {
  const {
    config,
    channels,
    records,
    expected,
    number_of_sinks: given,
  } = load<DecayTimeConfig & Record<string, number>, readonly Columns[] | null>(name);
  const sinks = given ?? 1 + Math.max(1, ...expected.map((entries) => entries?.length ?? 0));
  const scaling = channels.map((channel) => config[`${channel}_scaling`] ?? 1);
  it.each(records.map((event, i) => [i, event] as const))('event %d', (i, event) => {
    const found = findDecay(event, { ...config, scaling });
    // With three sinks the second and third one take the first two signatures, and further ones go nowhere.
    const sink = sinks > 2 ? found?.signature : 0;
    const columns = found === undefined ? null : (expected[i]?.[sink ?? 0] ?? null);
    if (found === undefined || (sinks > 2 && found.signature > 1)) {
      expect(expected[i]).toBeNull();
      return;
    }
    expect(columns).not.toBeNull();
    same(found.decayTime, columns!['decay_time']!);
    for (const [which, pulses] of [
      ['1st', found.first],
      ['2nd', found.second],
    ] as const) {
      pulses.forEach((pulse, c) => {
        expect(pulse.position).toBe(columns![`${which}_${channels[c]}_p`]);
        close(pulse.height, columns![`${which}_${channels[c]}_h`]!);
        close(pulse.integral, columns![`${which}_${channels[c]}_int`]!);
      });
    }
  });
});
