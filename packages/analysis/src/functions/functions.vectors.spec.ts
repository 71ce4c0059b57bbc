import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { crystalBallCdf, crystalBallPdf } from './crystal-ball.js';
import { exgaussCdf, exgaussPdf } from './exgauss.js';
import { gaussCdf, gaussPdf, gaussUnnormalised } from './gauss.js';
import { gaussOnStep, gaussOnUniform, type HpgePeak, hpgePeak, hpgePeakCounts } from './hpge-peak.js';
import { peakMode, peakWidth } from './peak-widths.js';
import { exponentialPdf, linearPdf, moyalCdf, moyalPdf, uniformPdf } from './simple.js';
import { stepCdf, stepPdf } from './step.js';

interface CurveCase {
  readonly x: readonly number[];
  readonly parameters: readonly number[];
  readonly y: readonly (number | string)[];
}
interface WidthCase {
  readonly sigma: number;
  readonly htail: number;
  readonly tau: number;
  readonly mu: number;
  readonly fwhm: number;
  readonly 'fwfm_0.2': number;
  readonly mode: number;
}
interface FunctionFile {
  readonly tolerance: { readonly rtol: number; readonly widths_rtol: number };
  readonly functions: Record<string, readonly (CurveCase | WidthCase)[]>;
}

/** Parameters in the order of the field's fitting programs as named ones. */
function named<K extends string>(names: readonly K[]): (p: readonly number[]) => Record<K, number> {
  return (p) => Object.fromEntries(names.map((name, i) => [name, p[i]!])) as Record<K, number>;
}
const step = named(['xLo', 'xHi', 'mu', 'sigma', 'hstep']);
const ball = named(['mu', 'sigma', 'beta', 'm']);
const line = named(['xLo', 'xHi', 'nSig', 'mu', 'sigma', 'htail', 'tau', 'nBkg', 'hstep']);
const onStep = named(['xLo', 'xHi', 'nSig', 'mu', 'sigma', 'nBkg', 'hstep']);
const onUniform = named(['xLo', 'xHi', 'nSig', 'mu', 'sigma', 'nBkg']);
type Three = [number, number, number];
type Four = [number, number, number, number];

const curves: Record<string, (x: number, p: readonly number[]) => number> = {
  gauss_pdf: (x, p) => gaussPdf(x, p[0]!, p[1]!),
  gauss_cdf: (x, p) => gaussCdf(x, p[0]!, p[1]!),
  gauss_unnormalised: (x, p) => gaussUnnormalised(x, p[0]!, p[1]!),
  step_pdf: (x, p) => stepPdf(x, step(p)),
  step_cdf: (x, p) => stepCdf(x, step(p)),
  exgauss_pdf: (x, p) => exgaussPdf(x, ...(p as Three)),
  exgauss_cdf: (x, p) => exgaussCdf(x, ...(p as Three)),
  crystal_ball_pdf: (x, p) => crystalBallPdf(x, ball(p)),
  crystal_ball_cdf: (x, p) => crystalBallCdf(x, ball(p)),
  exponential_pdf: (x, p) => exponentialPdf(x, ...(p as Three)),
  linear_pdf: (x, p) => linearPdf(x, ...(p as Four)),
  moyal_pdf: (x, p) => moyalPdf(x, p[0]!, p[1]!),
  moyal_cdf: (x, p) => moyalCdf(x, p[0]!, p[1]!),
  uniform_pdf: (x, p) => uniformPdf(x, p[0]!, p[1]!),
  hpge_peak_pdf: (x, p) => hpgePeak(x, line(p)),
  hpge_peak_cdf_ext: (x, p) => hpgePeakCounts(x, line(p)),
  gauss_on_step_pdf: (x, p) => gaussOnStep(x, onStep(p)),
  gauss_on_uniform_pdf: (x, p) => gaussOnUniform(x, onUniform(p), 'pygama'),
};

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');
const folder = join(root, 'dsp/math');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

describe.runIf(files.length === 0)('peak functions', () => {
  it.skip(`there are no values below ${folder}`, () => undefined);
});

describe.each(files)('peak functions: %s', (name) => {
  const { functions, tolerance } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as FunctionFile;
  const titles = Object.entries(functions);

  it.each(titles.filter(([title]) => !title.endsWith('_widths')))('%s', (title, cases) => {
    const curve = curves[title.replace(/\[.*/, '')];
    expect(curve, `no function for ${title}`).toBeDefined();
    for (const { x, parameters, y } of cases as CurveCase[]) {
      const scale = Math.max(...y.map((value) => Math.abs(Number(value))).filter(Number.isFinite));
      x.forEach((at, i) => {
        const expected = Number(y[i]);
        const difference = Math.abs(curve!(at, parameters) - expected);
        // Where a function is many orders below its maximum both programs have lost digits.
        expect(difference).toBeLessThanOrEqual(tolerance.rtol * Math.abs(expected) + 1e-14 * scale);
      });
    }
  });

  it.each(titles.filter(([title]) => title.endsWith('_widths')))('%s', (_, cases) => {
    for (const one of cases as WidthCase[]) {
      const peak: Pick<HpgePeak, 'mu' | 'sigma' | 'htail' | 'tau'> = one;
      const close = (value: number, expected: number): void =>
        expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance.widths_rtol);
      close(peakWidth(peak), one.fwhm);
      close(peakWidth(peak, 0.2), one['fwfm_0.2']);
      close(peakMode(peak) - one.mu + one.sigma, one.mode - one.mu + one.sigma);
    }
  });
});
