import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readAcceptedFile, readDoubleFile } from './result-files.js';

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const folder = join(
  resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'),
  'picodaq/recorded',
);
const files = existsSync(folder) ? readdirSync(folder) : [];
const accepted = files.filter((name) => /^pFilt.*\.(dat|csv)$/.test(name));
const doubles = files.filter((name) => /^dpFilt.*\.(dat|csv)$/.test(name));

describe.runIf(accepted.length + doubles.length === 0)('result files', () => {
  it.skip(`there are none below ${folder}`, () => undefined);
});

/** Channels by the shortest data line: number, time, and a pair per channel. */
function channelsOf(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return (Math.min(...lines.map((line) => line.split(',').length)) - 2) / 2;
}

describe.each(accepted)('accepted events: %s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  it('has times that do not go back, and a pulse in each event', () => {
    const lines = readAcceptedFile(text, channelsOf(text));
    expect(lines.length).toBeGreaterThan(0);
    lines.forEach(({ pulses, time }, i) => {
      expect(pulses.some((pulse) => pulse !== undefined)).toBe(true);
      expect(time).toBeGreaterThanOrEqual(lines[i - 1]?.time ?? 0);
    });
  });
});

describe.each(doubles)('double pulses: %s', (name) => {
  it('are numbered one after the other, tau in the mean of the delays', () => {
    const lines = readDoubleFile(readFileSync(join(folder, name), 'utf8'));
    lines.forEach(({ double, tau, delays }, i) => {
      expect(double).toBe(lines[0]!.double + i);
      const found = delays.filter((delay) => delay > 0);
      expect(tau).toBeCloseTo(found.reduce((sum, delay) => sum + delay, 0) / found.length, 1);
    });
  });
});
