import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fitLifetime } from './lifetime.js';
import { rateStatistics } from './rate.js';

interface TimingFile {
  readonly file: string;
  readonly fits: readonly {
    readonly dt_min_us: number;
    readonly dt_max_us: number;
    readonly n_used: number;
    readonly tau_us: number;
    readonly background_fraction: number;
    readonly tau_interval_dlogL_half: readonly [number, number];
  }[];
  readonly rate: {
    readonly file: string;
    readonly results: readonly {
      readonly interval_s: number;
      readonly n_events: number;
      readonly total_time_s: number;
      readonly mean_rate_Hz: number;
      readonly mean_wait_s: number;
      readonly n_intervals: number;
      readonly counts_per_interval_first20: readonly number[];
      readonly mean_counts: number;
      readonly var_counts: number;
    }[];
  };
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'picodaq');
const folder = join(root, 'vectors');
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => /^lifetime_and_rate.*\.json$/.test(name))
  : [];

function columnOf(file: string, column: number): number[] {
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => Number(line.split(',')[column]));
}

describe.runIf(files.length === 0)('lifetimes and rates', () => {
  it.skip(`there are none below ${folder}`, () => undefined);
});

describe.each(files)('lifetimes and rates: %s', (name) => {
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as TimingFile;
  // The reference looks at 300 lifetimes and 240 backgrounds.
  const [tauStep, backgroundStep] = [3 / 299, 0.8 / 239];

  it.each(file.fits)('lifetime from $dt_min_us to $dt_max_us µs', (one) => {
    const fit = fitLifetime(columnOf(file.file, 2), { min: one.dt_min_us, max: one.dt_max_us });
    expect(fit).toMatchObject({ used: one.n_used, valid: true });
    // Its best lifetime is one for a background that is on the grid as well.
    expect(Math.abs(fit.tau - one.tau_us)).toBeLessThan(1.5 * tauStep);
    expect(Math.abs(fit.background - one.background_fraction)).toBeLessThan(2 * backgroundStep);
    fit.tauInterval.forEach((end, i) =>
      expect(Math.abs(end - one.tau_interval_dlogL_half[i]!)).toBeLessThan(2 * tauStep),
    );
  });

  it.each(file.rate.results)('rate in intervals of $interval_s s', (one) => {
    const found = rateStatistics(columnOf(file.rate.file, 1), one.interval_s);
    expect(found.events).toBe(one.n_events);
    expect(found.totalTime).toBeCloseTo(one.total_time_s, 6);
    expect(found.meanWait).toBeCloseTo(one.mean_wait_s, 8);
    // The original stretches its intervals so that a whole number of them fits into the run; the mean per second is the same.
    expect(found.meanCounts / one.interval_s).toBeCloseTo(one.mean_rate_Hz, 1);
    // The original counts events, of which there is one more than times between them.
    expect(found.meanRate * (one.n_events / (one.n_events - 1))).toBeCloseTo(one.mean_rate_Hz, 6);
  });
});
