import { describe, expect, it } from 'vitest';
import { uniformNumbers } from '../statistics/random.js';
import { simulatedLines } from '../testing/simulated-lines.js';
import { findScale } from './find-scale.js';
import { lineLists } from './line-lists.js';
import { matchLines } from './match-lines.js';

/** Lines of a thorium source and their share of all counts; half of them are not looked for. */
const thorium = [
  [238.632, 0.1],
  [240.986, 0.0095],
  [277.4, 0.012],
  [300.1, 0.008],
  [510.8, 0.03],
  [583.187, 0.06],
  [727.33, 0.012],
  [785.4, 0.002],
  [860.53, 0.008],
  [1592.513, 0.006],
  [1620.738, 0.003],
  [2103.513, 0.007],
  [2614.511, 0.04],
] as const;
/** Cobalt beside the potassium of a room. */
const cobalt = [
  [1173.228, 0.06],
  [1332.492, 0.055],
  [1460.822, 0.004],
] as const;

/** Every gain from 0.02 to 1 keV per unit, offsets of ±4 keV, widths of good and bad detectors; sometimes a pulser above. */
function spectrum(lines: typeof thorium | typeof cobalt, counts: number, seed: number) {
  const random = uniformNumbers(BigInt(7919 * seed + 13));
  const gain = 0.02 * 50 ** random();
  const offset = 8 * (random() - 0.5);
  const truth = { gain, offset, a: 0.8, b: 0.0012 + 0.003 * random() };
  const of = lines.map(([energy, share]) => [energy, Math.round(share * counts)] as const);
  const rest = counts - of.reduce((sum, [, some]) => sum + some, 0);
  const values = simulatedLines(of, truth, rest, BigInt(seed));
  const pulses = seed % 3 === 0 ? Math.round(counts / 300) : 0;
  const all = new Float64Array(values.length + pulses).fill(3600 / gain);
  all.set(values);
  return { values: all, truth, guess: gain * (0.86 + 0.28 * random()) };
}

const sources = { 'Th-228': thorium, 'Co-60': cobalt };
const cases = (Object.keys(sources) as (keyof typeof sources)[]).flatMap((source) =>
  [300, 1000, 2000, 4000, 20_000, 1_000_000].map((counts) => [source, counts] as const),
);

describe('the scale of a spectrum', { timeout: 60_000 }, () => {
  it.each(cases)('of %s is the true one or none with %i counts', (source, counts) => {
    const lines = lineLists[source]!.map(({ energy }) => energy);
    const seeds = counts > 100_000 ? [1] : [1, 2, 3, 4, 5, 6];
    for (const seed of seeds) {
      const { values, truth, guess } = spectrum(sources[source], counts, seed);
      for (const near of [undefined, guess]) {
        let top: number;
        try {
          const [offset, gain] = findScale(values, lines, 1, near).coefficients;
          top = offset! + gain! * ((lines.at(-1)! - truth.offset) / truth.gain);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          // A hundred counts in every one of the two strongest lines are enough.
          expect(counts).toBeLessThan(4000);
          continue;
        }
        expect(Math.abs(top / lines.at(-1)! - 1), `seed ${seed}, guess ${near}`).toBeLessThan(0.003);
      }
    }
  });

  it.each([511, 583.187, 860.53, 2103.513])(
    'of the line at %f keV alone is the one near the guess, whatever lines are beside it',
    (line) => {
      const { values, truth } = spectrum(thorium, 40_000, 2);
      for (const off of [0.98, 1, 1.02]) {
        const [, gain] = findScale(values, [line], 0, off * truth.gain).coefficients;
        const place = (line - truth.offset) / truth.gain;
        expect(Math.abs((gain! * place) / line - 1)).toBeLessThan(0.005);
      }
    },
  );

  it('is a factor that all lines decide on', () => {
    const { values, truth } = spectrum(cobalt, 20_000, 4);
    // Nearer to the guess and stronger: the line below would be taken for the one above.
    const match = findScale(values, [1173.228, 1332.492], 0, 1.13 * truth.gain);
    expect(match.coefficients[0]).toBe(0);
    expect(Math.abs(match.coefficients[1]! / truth.gain - 1)).toBeLessThan(0.01);
  });

  it('is not told from two maxima that may be other lines', () => {
    const maxima = [
      { position: 1000, evidence: 20 },
      { position: 2000, evidence: 20 },
    ];
    const energies = [500, 1000.5, 2000, 4010];
    const match = () => matchLines(maxima, energies, { degree: 1, gains: [0.1, 10] });
    expect(match).toThrow('the 2 maxima may be lines at');
    expect(match).toThrow('a guess closer to the true one');
    const near = matchLines(maxima, energies, { degree: 1, gains: [0.4, 0.6], guess: 0.5 });
    expect(near.pairs.map(({ energy }) => energy)).toEqual([500, 1000.5]);
  });
});
