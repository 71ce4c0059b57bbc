import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { histogramDescriptor, LiveHistogram } from './live-histogram.js';

interface Case {
  readonly descriptors: readonly (readonly [number, number, number, number, string, number])[];
  readonly batches: readonly (readonly (readonly number[])[])[];
  readonly expected: readonly {
    readonly variant: 'picoDAQ' | 'mimoCoRB';
    readonly entries: readonly number[];
    readonly heights: readonly (readonly number[])[];
    readonly text: readonly string[];
    readonly ylim: readonly (readonly [number, number])[];
  }[];
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const folder = join(
  resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'),
  'picodaq/vectors',
);
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => /^histograms.*\.json$/.test(name))
  : [];

describe.runIf(files.length === 0)('histograms', () => {
  it.skip(`there are none below ${folder}`, () => undefined);
});

describe.each(files)('histograms: %s', (name) => {
  const { cases } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { cases: readonly Case[] };
  const variants = cases.flatMap((one, i) => one.expected.map((wanted) => ({ i, one, wanted })));
  it.each(variants)('case $i as $wanted.variant', ({ one, wanted }) => {
    one.descriptors.forEach((list, which) => {
      const histogram = new LiveHistogram(histogramDescriptor(list), { compatible: true });
      for (const batch of one.batches) for (const value of batch[which] ?? []) histogram.fill(value);
      const heights = histogram.heights();
      expect(heights).toHaveLength(wanted.heights[which]!.length);
      wanted.heights[which]!.forEach((height, bin) =>
        expect(Math.abs(heights[bin]! - height)).toBeLessThan(1e-9),
      );
      const pico = wanted.variant === 'picoDAQ';
      expect(pico ? histogram.entries : histogram.inside).toBe(wanted.entries[which]);
      // The originals write nothing before the first value comes.
      const text = wanted.text[which]!.trim() === '' ? '' : wanted.text[which];
      const own = pico ? histogram.entriesText() : histogram.momentsText();
      expect(histogram.entries === 0 ? '' : own).toBe(text);
      histogram.yLimits().forEach((limit, i) => expect(limit).toBeCloseTo(wanted.ylim[which]![i]!, 12));
    });
  });
});
