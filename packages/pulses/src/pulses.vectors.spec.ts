import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FilterLog } from './filter/filter-log.js';
import { PulseFilter, type PulseFilterConfig } from './filter/pulse-filter.js';
import { makeTemplate, type PulseShape } from './template/pulse-shape.js';

interface FilterFile {
  readonly config: PulseFilterConfig;
  readonly channels: readonly string[];
  readonly trigger_channel: string;
  readonly NSamples: number;
  readonly pretrig: number;
  readonly TSampling: number;
  readonly scale_V: number;
  readonly truth?: readonly { readonly evNr: number; readonly evTime: number }[];
  readonly waveforms: readonly (readonly (readonly number[])[])[];
  readonly expected: {
    readonly pFilt_lines: readonly string[];
    readonly dpFilt_lines?: readonly string[];
    readonly histograms?: Record<string, readonly number[]>;
    readonly rate_points?: readonly (readonly [number, number])[];
  };
}
interface TemplateFile {
  readonly cases: readonly {
    readonly shape: PulseShape;
    readonly dT: number;
    readonly template?: readonly number[];
    readonly threshold: number;
    readonly threshold_mean_subtracted: number;
  }[];
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'picodaq');
const files = ['vectors', 'recorded'].flatMap((folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(root, folder, name))
    : [],
);
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const filters = files.filter((file) => {
  const content = read(file) as Partial<FilterFile>;
  return content.expected?.pFilt_lines !== undefined;
});
const templates = files.filter((file) => {
  const { cases } = read(file) as { readonly cases?: readonly object[] };
  return 'shape' in (cases?.[0] ?? {});
});

/** The configuration as the original takes it: with its faults, and an empty entry is none. */
function set(config: PulseFilterConfig): PulseFilterConfig {
  const given = Object.entries(config).filter(([, value]) => value !== null);
  return { ...(Object.fromEntries(given) as unknown as PulseFilterConfig), compatible: true };
}

/** Lines are equal but for the last digit of a number, which may differ by one. */
function compare(lines: readonly string[], expected: readonly string[]): void {
  expect(lines.length).toBe(expected.length);
  lines.forEach((line, i) => {
    if (line === expected[i]) return;
    const [own, wanted] = [line.split(/, +/), expected[i]!.split(/, +/)];
    expect(own.length, line).toBe(wanted.length);
    own.forEach((text, k) => {
      const digits = Math.max(
        (/\.(\d+)/.exec(wanted[k]!)?.[1] ?? '').length,
        (/\.(\d+)/.exec(text)?.[1] ?? '').length,
      );
      const unit = digits === 0 ? 0 : 10 ** -digits;
      expect(Math.abs(Number(text) - Number(wanted[k])), line).toBeLessThanOrEqual(1.001 * unit);
    });
  });
}

describe.runIf(filters.length + templates.length === 0)('pulse filter', () => {
  it.skip(`there are no records below ${root}`, () => undefined);
});

describe.each(templates)('templates: %s', (file) => {
  const { cases } = read(file) as TemplateFile;
  it.each(cases.filter(({ template }) => template !== undefined))('$shape at $dT s', (one) => {
    const made = makeTemplate(one.shape, one.dT);
    expect(made.samples).toHaveLength(one.template!.length);
    one.template!.forEach((value, i) => expect(made.samples[i]).toBeCloseTo(value, 12));
    for (const [value, wanted] of [
      [made.threshold, one.threshold],
      [made.centeredThreshold, one.threshold_mean_subtracted],
    ] as const)
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * wanted);
  });
});

describe.each(filters)('pulse filter: %s', (file) => {
  it('gives the lines, histograms and rates of the original', () => {
    const { config, channels, expected, truth, waveforms, ...rest } = read(file) as FilterFile;
    const filter = new PulseFilter(set(config), {
      channels,
      triggerChannel: rest.trigger_channel,
      samples: rest.NSamples,
      pretrigger: rest.pretrig,
      dT: rest.TSampling,
    });
    const log = new FilterLog(channels.length);
    const lines = [FilterLog.head];
    const double = [FilterLog.doubleHead];
    const filled: Record<string, number[]> = {
      noise_trigger: [],
      valid_trigger: [],
      tau: [],
      other_pulse_heights: [],
    };
    const rates: [number, number][] = [];
    waveforms.forEach((records, i) => {
      const { evNr, evTime } = truth?.[i] ?? { evNr: i + 1, evTime: i };
      const event = filter.process(
        records.map((record) => Float32Array.from(record, (raw) => raw * rest.scale_V)),
      );
      const written = log.add(event, evNr, evTime);
      if (written.line !== undefined) lines.push(written.line);
      if (written.double !== undefined) double.push(written.double);
      const trigger = channels.indexOf(rest.trigger_channel);
      if (!event.valid) filled['noise_trigger']!.push(event.noise);
      if (event.valid) {
        rates.push([log.counts.accepted, evTime]);
        event.channels.forEach(({ first }, c) => {
          if (first === undefined) return;
          filled[c === trigger ? 'valid_trigger' : 'other_pulse_heights']!.push(first.height);
        });
        if (event.double !== undefined) filled['tau']!.push(event.double.tau);
      }
    });
    const summary = log.summary(123.4);
    compare([...lines, ...summary.lines], expected.pFilt_lines);
    if (expected.dpFilt_lines !== undefined) compare([...double, ...summary.double], expected.dpFilt_lines);
    if (expected.rate_points !== undefined) expect(rates).toEqual(expected.rate_points);
    for (const [name, values] of Object.entries(expected.histograms ?? {})) {
      // The original hands values over with the next accepted event: those behind the last one are not in its list.
      expect(filled[name]!.length, name).toBeGreaterThanOrEqual(values.length);
      values.forEach((value, i) => expect(filled[name]![i]).toBeCloseTo(value, 6));
    }
  });
});
