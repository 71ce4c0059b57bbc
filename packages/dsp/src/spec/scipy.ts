import { prepareWindow } from '../plans/window-plan.js';
import {
  gaussianRows,
  gaussianSmoothing,
  gaussianWindow,
} from '../reference/gaussian-smoothing.reference.js';
import { notNegative } from './checks.js';
import { kernel } from './kernel-spec.js';

/** scipy.ndimage.gaussian_filter1d along the samples, with mirrored edges. */
export const gaussianSmoothingKernel = kernel({
  name: 'gaussian_smoothing',
  signature: '(n),(),()->(n)',
  types: ['fff->f', 'ddd->d'],
  args: [
    { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
    { name: 'sigma', doc: 'width of the Gaussian', unit: 'samples', range: { low: 0, isAbove: true } },
    { name: 'truncate', doc: 'half width of the kernel in units of sigma', range: { low: 0, isAbove: true } },
    { name: 'w_out', doc: 'smoothed waveform', unit: 'amplitude', output: true },
  ],
  doc: 'Convolution with a Gaussian of sum 1, cut off at truncate sigma; beyond its ends the waveform is mirrored with the edge sample repeated (scipy.ndimage.gaussian_filter1d, mode reflect).',
  nan: 'propagate',
  tolerance: 'A',
  check: ({ sigma, truncate }) => notNegative('sigma', sigma) ?? notNegative('truncate', truncate),
  prepare: ({ sigma, truncate }, sizes) => {
    const [width, reach] = [sigma?.[0], truncate?.[0]];
    if (width === undefined || reach === undefined) return undefined;
    const size = gaussianWindow(width, reach);
    return prepareWindow('gaussian_window', sizes, size, () => gaussianRows(width, reach));
  },
  compiled: true,
  functions: ['gaussian_window'],
  reference: gaussianSmoothing,
});
