import { describe, expect, it } from 'vitest';
import { numbersOf, tableOf } from '../testing/memory-reader.js';
import { figureLabel, figureNames, meritOf } from './figure.js';
import { optimiseOptions } from './optimise-options.js';

/** A number with the spread of a Gaussian of width 1, by summing twelve even ones. */
function gaussian(n: number): number {
  let sum = -6;
  for (let k = 1; k <= 12; k++) sum += ((n + 0.5) * Math.sqrt(k * k + 1.37)) % 1;
  return sum;
}

const drift = (n: number): number => 300 + 1200 * (((n + 0.5) * 0.6180339887) % 1);
const events = Array.from({ length: 2400 }, (_, n) => n);
/** One in twelve events is of a background around the line. */
const spread = (n: number, energy: number, sigma: number): number =>
  n % 12 === 0 ? energy + 100 * (((n + 0.5) * Math.sqrt(3.7)) % 1) - 50 : energy + sigma * gaussian(n);
/** Two lines of a width of 1.2 and 1.6 keV, and one that loses charge over its drift time. */
const table = tableOf({
  e: numbersOf(
    'float64',
    events.map((n) => (n % 24 < 12 ? spread(n, 1332.5, 1.2) : spread(n, 2614.5, 1.6)) / 0.3),
  ),
  lost: numbersOf(
    'float64',
    events.map((n) => spread(n, 2614.511, 1.1) / (1 + 2e-6 * drift(n)) / 0.3),
  ),
  drift: numbersOf('float64', events.map(drift)),
});

const asked = (figure: object) =>
  optimiseOptions.parse({
    config: { processors: { x: 'db.a' } },
    parameters: [{ name: 'a', values: [1, 2] }],
    figure,
  }).figure;

describe('figure of merit of lines', { timeout: 60_000 }, () => {
  it('is a width at a fraction, or on the curve through several lines', () => {
    const one = asked({ kind: 'line', of: 'e', guess: 0.3, fraction: 0.2 });
    expect(figureLabel(one)).toBe('Width at 0.2 of the height at 2614.511 keV of e');
    const { value, error } = meritOf(one, table);
    expect(Math.abs(value - 1.6 * 2 * Math.sqrt(2 * Math.log(5)))).toBeLessThan(4 * error);
    const several = asked({ kind: 'line', of: 'e', guess: 0.3, energy: 2614.5, further: [1332.5] });
    expect(figureLabel(several)).toBe('FWHM at 2039 keV of e');
    const curve = meritOf(several, table);
    const square = 1.2 ** 2 + ((2039 - 1332.5) / (2614.5 - 1332.5)) * (1.6 ** 2 - 1.2 ** 2);
    expect(Math.abs(curve.value - 2.35482 * Math.sqrt(square))).toBeLessThan(4 * curve.error);
  });

  it('is that of corrected energies with a drift time', () => {
    const bare = asked({ kind: 'line', of: 'lost', guess: 0.3 });
    const corrected = asked({ kind: 'line', of: 'lost', guess: 0.3, drift: 'drift' });
    expect(figureNames(corrected)).toEqual(['lost', 'drift']);
    const { value } = meritOf(corrected, table);
    expect(Math.abs(value / (2.35482 * 1.1) - 1)).toBeLessThan(0.08);
    expect(meritOf(bare, table).value).toBeGreaterThan(1.3 * value);
  });

  it('is refused for a correction of several lines', () => {
    expect(() => asked({ kind: 'line', of: 'e', guess: 0.3, further: [1332.5], drift: 'drift' })).toThrow(
      'single line',
    );
  });
});
