import { polynomialFit } from '../reference/poly-fit.reference.js';
import type { Factory } from './factory.js';
import { kernel } from './kernel-spec.js';

const fit = {
  name: 'poly_fit',
  signature: '(n),(m)',
  types: ['ff->', 'dd->'],
  args: [
    { name: 'w_in', doc: 'waveform of n samples', unit: 'amplitude' },
    { name: 'poly_pars', doc: 'deg + 1 coefficients, the lowest first', output: true },
  ],
  doc: 'Least squares of sum p_j i^j over the sample index, in double. A NaN in the waveform gives 0 in all coefficients.',
  nan: 'own',
  tolerance: 'A',
  compiled: false,
} as const;

const make: Factory['make'] = ({ length, deg }) => {
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1)
    return 'length must be the number of samples of the waveform, such as len(wf)';
  if (typeof deg !== 'number' || !Number.isInteger(deg) || deg < 0 || deg >= length)
    return `deg must be a whole number from 0 to ${(length - 1).toString()}`;
  const reference = polynomialFit(length, deg);
  return {
    kernel: kernel({
      ...fit,
      check: (_, { n, m }) => {
        if (n !== length)
          return `it was made for ${length.toString()} samples, the waveform has ${n.toString()}: give len(…) of this waveform`;
        return m === deg + 1
          ? undefined
          : `there are ${(deg + 1).toString()} coefficients, the output has ${m.toString()}: declare it with that length`;
      },
      faults: ['the equations have no solution: take a lower degree'],
      reference,
    }),
  };
};

/** Polynomials fitted to waveforms. */
export const polyFit = kernel({
  ...fit,
  faults: ['init_args are missing'],
  reference: () => 1,
  factory: {
    args: [
      { name: 'length', doc: 'number of samples, such as len(wf)' },
      { name: 'deg', doc: 'degree of the polynomial' },
    ],
    make,
  },
});
