import { prepareSpectrum } from '../plans/spectrum-plan.js';
import { centreOf, dplms } from '../reference/dplms.reference.js';
import { fft, ifft } from '../reference/fft.reference.js';
import { discreteWaveletTransform, waveletLength } from '../reference/wavelet.reference.js';
import { index } from './checks.js';
import { kernel } from './kernel-spec.js';

function wavelet(letter: number): string {
  return String.fromCharCode(letter);
}

/** Spectra, wavelets, and the filter kernel that comes of noise. */
export const transforms = [
  kernel({
    name: 'fft',
    signature: '(n),(m)',
    types: ['fF->', 'dD->'],
    args: [
      { name: 'w_in', doc: 'waveform of n samples', unit: 'amplitude' },
      { name: 'dft_out', doc: 'floor(n / 2) + 1 complex amplitudes', unit: 'amplitude', output: true },
    ],
    doc: 'Unnormalised Fourier transform of real samples. Declare the output with dtype F and period=1/wf.period/len(wf). A NaN gives NaN real parts and imaginary parts of 0.',
    nan: 'own',
    tolerance: 'A',
    check: (_, { n, m }) => {
      const wanted = Math.floor(n / 2) + 1;
      return m === wanted
        ? undefined
        : `the spectrum has ${wanted.toString()} values, the output ${m.toString()}: declare it with that length`;
    },
    prepare: prepareSpectrum('fft'),
    compiled: true,
    functions: ['fft_split', 'fft_chirp'],
    reference: fft,
  }),
  kernel({
    name: 'ifft',
    signature: '(n),(m)',
    types: ['Ff->', 'Dd->'],
    args: [
      { name: 'dft_in', doc: 'n complex amplitudes', unit: 'amplitude' },
      { name: 'w_out', doc: 'waveform of 2 (n - 1) samples', unit: 'amplitude', output: true },
    ],
    doc: 'Waveform of which fft makes this spectrum, normalised by 1 / m.',
    nan: 'propagate',
    tolerance: 'A',
    check: (_, { n, m }) =>
      m === 2 * (n - 1)
        ? undefined
        : `a spectrum of ${n.toString()} values belongs to ${(2 * (n - 1)).toString()} samples, the output has ${m.toString()}: declare it with that length`,
    prepare: prepareSpectrum('ifft'),
    compiled: true,
    functions: ['ifft_split', 'ifft_chirp'],
    reference: ifft,
  }),
  kernel({
    name: 'discrete_wavelet_transform',
    signature: '(n),(),(),(),(m)',
    types: ['fibbf->', 'dibbd->', 'fdbbf->', 'ddbbd->'],
    args: [
      { name: 'w_in', doc: 'waveform of n samples', unit: 'amplitude' },
      { name: 'level', doc: 'number of halvings, at least 1', range: { low: 1, isWhole: true } },
      { name: 'wave_type', doc: 'h or d: both are the wavelet of Haar', range: { choices: ['h', 'd'] } },
      { name: 'coeff', doc: 'a averages, d details', range: { choices: ['a', 'd'] } },
      { name: 'w_out', doc: 'n / 2^level coefficients, rounded up in every step', output: true },
    ],
    doc: 'Coefficients of one level: a_k = (x_{2k} + x_{2k+1}) / sqrt 2, d_k = (x_{2k} - x_{2k+1}) / sqrt 2, repeated on a. An odd length repeats its last sample.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ level, wave_type: type, coeff }, { n, m }) => {
      if (!'hd'.includes(wavelet(type))) return `wavelet '${wavelet(type)}' does not exist: choose h or d`;
      if (!'ad'.includes(wavelet(coeff)))
        return `coefficients '${wavelet(coeff)}' do not exist: choose a (averages) or d (details)`;
      const fault = index('level', level, 1, 62);
      if (fault !== undefined) return fault;
      const wanted = waveletLength(n, level);
      return m === wanted
        ? undefined
        : `level ${level.toString()} has ${wanted.toString()} coefficients, the output ${m.toString()}: declare it with that length`;
    },
    compiled: false,
    reference: discreteWaveletTransform,
  }),
  kernel({
    name: 'dplms',
    signature: '(n,n),(m),(),(),(),()->(n)',
    types: ['ffffff->f', 'dddddd->d'],
    args: [
      { name: 'noise_mat', doc: 'noise matrix of n x n' },
      { name: 'reference', doc: 'reference signal of m samples, at least n + 2', unit: 'amplitude' },
      { name: 'a1', doc: 'weight of the noise, above 0', range: { low: 0, isAbove: true } },
      { name: 'a2', doc: 'weight of the reference, above 0', range: { low: 0, isAbove: true } },
      { name: 'a3', doc: 'weight of a zero area, above 0', range: { low: 0, isAbove: true } },
      { name: 'ff', doc: 'flat top: only 1 is defined', range: { choices: [1] } },
      { name: 'kernel', doc: 'n weights', output: true },
    ],
    doc: 'Kernel of a digital penalised least mean squares filter: reversed solution of (a1 M + a2 R + a3 J) k = v with J all ones, R the mean of the outer products of three neighbouring centre sections of the reference and v their sum; divided by the maximum of its convolution with the reference.',
    nan: 'propagate',
    tolerance: 'C',
    checkSizes: ({ n, m }) =>
      centreOf(m, n) >= 1 && centreOf(m, n) + 1 + n <= m
        ? undefined
        : `the reference has ${m.toString()} samples; a kernel of ${n.toString()} needs at least ${(n + 2).toString()}`,
    check: ({ a1, a2, a3, ff }) => {
      const weak = Object.entries({ a1, a2, a3 }).find(([, value]) => !(value > 0));
      if (weak !== undefined) return `${weak[0]} must be above 0, not ${weak[1].toString()}`;
      return ff === 1 ? undefined : `ff must be 1, not ${ff.toString()}`;
    },
    faults: ['the equations have no solution: the noise matrix is singular'],
    compiled: false,
    reference: dplms,
  }),
];
