import { amax } from '../reference/amax.reference.js';
import * as reductions from '../reference/reductions.reference.js';
import { sort } from '../reference/sort.reference.js';
import { type KernelSpec, kernel, type Reference, type Sizes } from './kernel-spec.js';

const waveform = { name: 'w_in', doc: 'waveform', unit: 'amplitude' } as const;

/** `scratch`: bytes of working memory of its compiled form (of n samples, or 0); undefined when it has none. */
function reduction(
  name: string,
  doc: string,
  reference: Reference,
  scratch?: number | ((sizes: Sizes) => number),
): KernelSpec {
  return kernel({
    name,
    signature: '(n)->()',
    types: ['f->f', 'd->d'],
    args: [waveform, { name: 'out', doc: 'result', output: true }],
    doc: `${doc} (numpy.${name} along the samples).`,
    nan: name.startsWith('arg') ? 'own' : 'propagate',
    tolerance: 'A',
    ...(scratch === undefined || scratch === 0
      ? {}
      : { scratch: typeof scratch === 'number' ? () => scratch : scratch }),
    compiled: scratch !== undefined,
    reference,
  });
}

function running(
  name: string,
  doc: string,
  reference: Reference,
  compiled = false,
  scratch?: number,
): KernelSpec {
  return kernel({
    name,
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [waveform, { name: 'w_out', doc: 'result', output: true }],
    doc: `${doc} (numpy.${name} along the samples).`,
    nan: 'own',
    tolerance: 'A',
    ...(scratch === undefined ? {} : { scratch: () => scratch }),
    compiled,
    reference,
  });
}

/** What numpy's functions along the samples are here; they have names of their own, apart from the processors. */
export const numpyKernels: readonly KernelSpec[] = [
  reduction('amax', 'Largest sample', amax, 0),
  reduction('amin', 'Smallest sample', reductions.amin, 0),
  reduction('sum', 'Sum of the samples', reductions.sum, 32),
  reduction('mean', 'Average of the samples', reductions.mean, 32),
  reduction('std', 'Standard deviation with n', reductions.std, 64),
  reduction('median', 'Middle of the sorted samples', reductions.median, ({ n }) => 32 * n),
  reduction('var', 'Square of the standard deviation with n', reductions.variance, 64),
  reduction('prod', 'Product of the samples', reductions.prod, 0),
  reduction('ptp', 'Largest less smallest sample', reductions.ptp, 32),
  reduction('argmax', 'Place of the first largest sample, or of the first NaN', reductions.argmax, 0),
  reduction('argmin', 'Place of the first smallest sample, or of the first NaN', reductions.argmin, 0),
  running('cumsum', 'Running sum; NaN from the first NaN on', reductions.cumsum, true),
  running('cumprod', 'Running product; NaN from the first NaN on', reductions.cumprod, true),
  kernel({
    name: 'diff',
    signature: '(n),(m)',
    types: ['ff->', 'dd->'],
    args: [waveform, { name: 'w_out', doc: 'n - 1 differences', unit: 'amplitude', output: true }],
    doc: 'Every sample less the one before (numpy.diff along the samples); declare the output one shorter.',
    nan: 'own',
    tolerance: 'A',
    check: (_, { n, m }) =>
      m === n - 1
        ? undefined
        : `there are ${(n - 1).toString()} differences, the output has ${m.toString()}: declare it with that length`,
    compiled: true,
    reference: reductions.diff,
  }),
  running('sort', 'Samples in ascending order, NaN last', sort, true, 16),
];
