import { type FamilyName, families, rangeVolts } from './families.js';
import type { TimeBaseRule } from './time-base.js';

/** What is known of a model without asking a device. */
export interface ModelFacts {
  /** Name as the device gives it, without blanks (`2406B`); the family's most common one when unknown. */
  readonly model: string;
  readonly known: boolean;
  /** Letters of its channels. */
  readonly channels: string;
  readonly timeBase: TimeBaseRule;
  /** Smallest and largest usable range code. */
  readonly ranges: readonly [number, number];
  /** Samples that its memory holds, all channels together (data sheet); the device has the last word. */
  readonly memorySamples: number;
}

const half: TimeBaseRule = { fastestHz: 5e8, doubling: 3, stepHz: 6.25e7, shift: 2 };
const full: TimeBaseRule = { fastestHz: 1e9, doubling: 3, stepHz: 1.25e8, shift: 2 };
const mso2205: TimeBaseRule = { fastestHz: 2e8, doubling: 1, stepHz: 1e8, shift: 0 };
const mso3000: TimeBaseRule = { fastestHz: 5e8, doubling: 2, stepHz: 1.25e8, shift: 1 };
const slow4000: TimeBaseRule = {
  fastestHz: 8e7,
  doubling: 3,
  stepHz: 2e7,
  shift: 1,
  highest: 2 ** 30 - 1,
  doubledBelowS: 12.5e-9,
};
const fast4000: TimeBaseRule = { fastestHz: 2.5e8, doubling: 4, stepHz: 3.125e7, shift: 2 };
const fine4262: TimeBaseRule = { fastestHz: 1e7, doubling: 0, stepHz: 1e7, shift: -1, choice: 'nearest' };
const even4000a: TimeBaseRule = { fastestHz: 8e7, doubling: 0, stepHz: 8e7, shift: -1 };
const flex4444: TimeBaseRule = {
  fastestHz: 4e8,
  doubling: 4,
  stepHz: 5e7,
  shift: 2,
  doubledBelowS: 2.5e-9,
};
const old = (fastestHz: number): TimeBaseRule => ({
  fastestHz,
  doubling: 24,
  stepHz: fastestHz,
  shift: 0,
  highest: 23,
  choice: 'nearest',
});

interface Row {
  readonly name: RegExp;
  readonly channels: string;
  readonly timeBase: TimeBaseRule;
  readonly ranges: readonly [number, number];
  readonly memory: number;
}

/** First row that fits counts; the last one of a family is for models not known here. */
const rows: Readonly<Record<FamilyName, readonly Row[]>> = {
  '2000': [
    { name: /^2202/, channels: 'AB', timeBase: old(2e7), ranges: [2, 10], memory: 16_000 },
    { name: /^2203/, channels: 'AB', timeBase: old(4e7), ranges: [2, 10], memory: 8000 },
    { name: /^2205/, channels: 'AB', timeBase: old(2e8), ranges: [2, 10], memory: 16_000 },
    { name: /^/, channels: 'AB', timeBase: old(1e8), ranges: [2, 10], memory: 8000 },
  ],
  '2000a': [
    { name: /^2205MSO/, channels: 'AB', timeBase: mso2205, ranges: [2, 10], memory: 48_000 },
    { name: /^2205AMSO/, channels: 'AB', timeBase: half, ranges: [1, 10], memory: 48_000 },
    { name: /^2206A?$/, channels: 'AB', timeBase: half, ranges: [2, 10], memory: 32_000 },
    { name: /^2206B$/, channels: 'AB', timeBase: half, ranges: [1, 10], memory: 32e6 },
    { name: /^2405A/, channels: 'ABCD', timeBase: half, ranges: [1, 10], memory: 48_000 },
    { name: /^2206B/, channels: 'AB', timeBase: full, ranges: [1, 10], memory: 32e6 },
    { name: /^2207A?$/, channels: 'AB', timeBase: full, ranges: [2, 10], memory: 40_000 },
    { name: /^2208A?$/, channels: 'AB', timeBase: full, ranges: [2, 10], memory: 64_000 },
    { name: /^2207B/, channels: 'AB', timeBase: full, ranges: [1, 10], memory: 64e6 },
    { name: /^2208B/, channels: 'AB', timeBase: full, ranges: [1, 10], memory: 128e6 },
    { name: /^2407B/, channels: 'ABCD', timeBase: full, ranges: [1, 10], memory: 64e6 },
    { name: /^2408B/, channels: 'ABCD', timeBase: full, ranges: [1, 10], memory: 128e6 },
    { name: /^(2406B)?/, channels: 'ABCD', timeBase: full, ranges: [1, 10], memory: 32e6 },
  ],
  '3000a': [
    { name: /^320[456]MSO/, channels: 'AB', timeBase: mso3000, ranges: [2, 10], memory: 8e6 },
    { name: /^320[456][AB]/, channels: 'AB', timeBase: half, ranges: [2, 10], memory: 4e6 },
    { name: /^3207/, channels: 'AB', timeBase: full, ranges: [2, 10], memory: 512e6 },
    { name: /^32/, channels: 'AB', timeBase: full, ranges: [1, 10], memory: 64e6 },
    { name: /^(3403D)?/, channels: 'ABCD', timeBase: full, ranges: [1, 10], memory: 64e6 },
  ],
  '4000': [
    { name: /^4226/, channels: 'AB', timeBase: { ...fast4000, lowest: 1 }, ranges: [2, 10], memory: 32e6 },
    { name: /^4227/, channels: 'AB', timeBase: fast4000, ranges: [2, 10], memory: 32e6 },
    { name: /^4262/, channels: 'AB', timeBase: fine4262, ranges: [0, 10], memory: 16e6 },
    { name: /^44/, channels: 'ABCD', timeBase: slow4000, ranges: [2, 12], memory: 32e6 },
    { name: /^(4224)?/, channels: 'AB', timeBase: slow4000, ranges: [2, 12], memory: 32e6 },
  ],
  '4000a': [
    {
      name: /^4444.*14/,
      channels: 'ABCD',
      timeBase: { ...flex4444, lowest: 3 },
      ranges: [0, 13],
      memory: 256e6,
    },
    { name: /^4444/, channels: 'ABCD', timeBase: flex4444, ranges: [0, 13], memory: 256e6 },
    { name: /^4424/, channels: 'ABCD', timeBase: even4000a, ranges: [0, 11], memory: 256e6 },
    { name: /^4224/, channels: 'AB', timeBase: even4000a, ranges: [0, 11], memory: 256e6 },
    { name: /^(4824)?/, channels: 'ABCDEFGH', timeBase: even4000a, ranges: [0, 11], memory: 256e6 },
  ],
};

/** The model taken for a family when none is named. */
export const usualModel: Readonly<Record<FamilyName, string>> = {
  '2000': '2204A',
  '2000a': '2406B',
  '3000a': '3403D',
  '4000': '4224',
  '4000a': '4824',
};

/** Facts of a model of a family. An empty name stands for any model: the widest limits of the family. */
export function modelFacts(family: FamilyName, model: string): ModelFacts {
  const name = model.replaceAll(/\s/g, '').toUpperCase();
  const table = rows[family];
  const row = table.find((candidate) => candidate.name.test(name)) ?? table.at(-1)!;
  const { channels, timeBase, ranges, memory } = row;
  const facts = { timeBase, ranges, memorySamples: memory };
  if (name === '') {
    const widest = table.map((candidate) => candidate.ranges);
    return {
      ...facts,
      model: usualModel[family],
      known: false,
      channels: families[family].channels,
      ranges: [Math.min(...widest.map(([low]) => low)), Math.max(...widest.map(([, high]) => high))],
      memorySamples: Math.max(...table.map((candidate) => candidate.memory)),
    };
  }
  return { ...facts, model: name, known: row !== table.at(-1) || name === usualModel[family], channels };
}

/** Largest voltage that can be added at a range (code); 0 where the family has no offset. */
export function offsetLimit(family: FamilyName, range: number): number {
  if (!families[family].offset) return 0;
  if (family === '4000a') return range <= 5 ? 0.25 : range <= 8 ? 2.5 : 25;
  return range <= 4 ? 0.25 : range <= 7 ? 2.5 : 20;
}

/** Ranges of a model as codes with their half spans, smallest first. */
export function usableRanges(facts: ModelFacts): { readonly code: number; readonly volts: number }[] {
  const [low, high] = facts.ranges;
  return rangeVolts.slice(low, high + 1).map((volts, index) => ({ code: low + index, volts }));
}
