import { describe, expect, it } from 'vitest';
import { bulkOf } from '../statistics/min-covariance.js';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { simulatedEvents } from '../testing/simulated-source.js';
import { currentStability, meanAt } from './current-stability.js';
import { driftFromContinuum, driftFromGroups, lateDrift } from './drift-time.js';

const { energies, currents, charges } = simulatedEvents();
const double = { energy: 1592.513, below: 20, above: 15 };
const uniform = uniformNumbers(4n);
const normal = normalNumbers(uniform);
/** In ns: near the contact and at the far side. */
const drift = Float64Array.from(energies, () =>
  uniform() < 0.4 ? 600 + 60 * normal() : 1100 + 80 * normal(),
);
const alpha = 3e-5;
const trapped = currents.map((current, i) => current / (1 + alpha * drift[i]!));

describe('A/E over drift time', () => {
  it('is corrected by two groups of the double escape peak', () => {
    const found = driftFromGroups(trapped, drift, energies, double);
    expect(Math.abs(found.alpha - alpha)).toBeLessThan(3 * found.alphaError);
    expect(found.alphaError).toBeLessThan(alpha / 20);
    expect(found.border).toBeGreaterThan(750);
    expect(found.border).toBeLessThan(900);
    const [short, long] = found.groups;
    expect([Math.abs(short.time - 600) < 15, Math.abs(long.time - 1100) < 15]).toEqual([true, true]);
  });

  it('is corrected by groups of drift times that are not apart', () => {
    const times = Float64Array.from(energies, (_, i) => (i % 500 === 0 ? 1e5 : 800 + 150 * normal()));
    const found = driftFromGroups(
      currents.map((current, i) => current / (1 + alpha * (i % 500 === 0 ? 0 : times[i]!))),
      times,
      energies,
      double,
    );
    expect(Math.abs(found.alpha - alpha)).toBeLessThan(3 * found.alphaError);
    expect(found.alphaError).toBeLessThan(alpha / 20);
  });

  it('is corrected by the bulk of the continuum', () => {
    const apart = (i: number): boolean => Math.abs(energies[i]! - 1606) > 40;
    const found = driftFromContinuum(
      trapped.filter((_, i) => apart(i)),
      drift.filter((_, i) => apart(i)),
    );
    expect(Math.abs(found.alpha - alpha)).toBeLessThan(4 * found.alphaError);
    expect(found.alphaError).toBeLessThan(alpha / 10);
  });

  it('is refused without enough events', () => {
    const few = energies.map((_, i) => (i < 300 ? drift[i]! : Number.NaN));
    expect(() => driftFromGroups(trapped, few, energies, double)).toThrow('a group of drift times has');
    expect(() => driftFromContinuum([1, 2], [1, 2])).toThrow('2 points are too few');
  });
});

describe('LQ over drift time', () => {
  it('is a straight line for the double escape peak', () => {
    const slope = 4e-5;
    const late = charges.map((charge, i) => charge + slope * drift[i]!);
    const found = lateDrift(late, drift, energies, double);
    expect(Math.abs(found.slope - slope)).toBeLessThan(3 * found.slopeError);
    expect(found.slopeError).toBeLessThan(slope / 5);
    expect(() =>
      lateDrift(
        late,
        drift.map(() => Number.NaN),
        energies,
        double,
      ),
    ).toThrow('too few');
  });
});

describe('A/E over time', () => {
  const times = energies.map(() => 86_400 * uniform());
  const jumped = currents.map((current, i) => current * (times[i]! < 43_200 ? 1 : 1.004));

  it('is told span by span', () => {
    const { spans, chiSquare } = currentStability(jumped, energies, times, 8);
    expect(spans).toHaveLength(8);
    expect(chiSquare).toBeGreaterThan(100);
    const ratio = meanAt(80_000, spans) / meanAt(1000, spans);
    expect(Math.abs(ratio - 1.004)).toBeLessThan(5e-4);
    expect(meanAt(-5, spans)).toBe(spans[0]!.mean);
  });

  it('is one mean when nothing changes', () => {
    const { chiSquare, spans } = currentStability(currents, energies, times, 8);
    expect(chiSquare).toBeLessThan(25);
    expect(
      currentStability(currents.slice(0, 20_000), energies.slice(0, 20_000), times.slice(0, 20_000)).spans
        .length,
    ).toBeLessThan(spans.length);
  });
});

describe('the bulk of points', () => {
  it('does not mind a quarter of others', () => {
    const x = Array.from({ length: 2000 }, () => 3 * normal());
    const y = x.map((at, i) => (i % 5 === 0 ? 40 + normal() : 0.5 * at + 0.2 * normal()));
    const { covariance, mean } = bulkOf(x, y);
    expect(covariance[1] / covariance[0]).toBeCloseTo(0.5, 1);
    expect(Math.abs(mean[1])).toBeLessThan(0.3);
    expect(() => bulkOf(x, x)).toThrow('on a line');
  });
});
