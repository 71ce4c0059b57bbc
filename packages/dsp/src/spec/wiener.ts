import { multiplySpectrum, wienerFilter } from '../reference/wiener-filter.reference.js';
import type { Factory } from './factory.js';
import { kernel } from './kernel-spec.js';

const spectrum = { name: 'fft_w_in', doc: 'spectrum of n complex amplitudes' } as const;
const result = { name: 'fft_w_out', doc: 'filtered spectrum', output: true } as const;

/** A spectrum times a filter of the frequency domain. */
const multiplied = kernel({
  name: 'multiply_spectrum',
  signature: '(n),(m),(m)->(n)',
  types: ['Fff->F', 'Ddd->D'],
  args: [
    spectrum,
    { name: 're', doc: 'm real parts of the filter' },
    { name: 'im', doc: 'm imaginary parts of the filter' },
    result,
  ],
  doc: 'Product of a spectrum and a filter of m frequencies; a spectrum of real samples has only the first floor(m / 2) + 1.',
  nan: 'own',
  tolerance: 'A',
  checkSizes: ({ n, m }) =>
    n === m || n === Math.floor(m / 2) + 1
      ? undefined
      : `the filter belongs to waveforms of ${m.toString()} samples, the spectrum has ${n.toString()} values: it must have ${m.toString()} or ${(Math.floor(m / 2) + 1).toString()}`,
  compiled: false,
  reference: multiplySpectrum,
});

const superpulsePath = 'spms/processed/superpulse';
const noisePath = 'spms/processed/noise_wf';

const make: Factory['make'] = ({ file }, read) => {
  if (typeof file !== 'string') return 'file must be the name of a file';
  const superpulse = read({ file, path: superpulsePath });
  const noise = read({ file, path: noisePath });
  if (superpulse === undefined || noise === undefined)
    return `${file} must hold ${superpulsePath} and ${noisePath}`;
  const [pulse, background] = [superpulse, noise].map(({ data }) => Array.from(data as Float64Array, Number));
  if (pulse === undefined || background === undefined || pulse.length === 0)
    return `the superpulse of ${file} has no samples`;
  if (pulse.length !== background.length) {
    return `the superpulse of ${file} has ${pulse.length.toString()} samples, the noise ${background.length.toString()}: they must agree`;
  }
  if (Math.max(...pulse) === pulse[0])
    return `the superpulse of ${file} has its maximum at sample 0: it must rise before`;
  const { re, im } = wienerFilter(pulse, background);
  return { kernel: multiplied, settled: { re, im } };
};

/** The optimal filter against known noise. */
export const wiener = [
  multiplied,
  kernel({
    name: 'wiener_filter',
    signature: '(n)->(n)',
    types: ['F->F', 'D->D'],
    args: [spectrum, result],
    doc: 'Spectrum times P* / (|P|^2 + |N|^2 / |S|^2), with S and N the spectra of a superpulse and of noise from a file and P = S over the spectrum of the superpulse with all but its maximum taken out.',
    nan: 'own',
    tolerance: 'A',
    faults: ['init_args are missing'],
    compiled: false,
    reference: () => 1,
    factory: {
      args: [{ name: 'file', doc: `LH5 file with ${superpulsePath} and ${noisePath}`, isWord: true }],
      objects: [superpulsePath, noisePath],
      make,
    },
  }),
];
