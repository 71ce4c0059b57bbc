import { lineResiduals, polynomialResiduals, saturationFullScale } from '../reference/residuals.reference.js';
import { index } from './checks.js';
import { type ArgumentSpec, kernel } from './kernel-spec.js';

const waveform = { name: 'w_in', doc: 'waveform', unit: 'amplitude' } as const;
const results = [
  { name: 'mean', doc: 'average of the residuals', unit: 'amplitude', output: true },
  { name: 'rms', doc: 'root of the sum of their squares over n - 1', unit: 'amplitude', output: true },
] as const satisfies readonly ArgumentSpec[];

/** What linear_slope_diff, poly_diff and saturation are meant to be; those keep the numbers of stored results. */
export const residuals = [
  kernel({
    name: 'linear_slope_residuals',
    signature: '(n),(),()->(),()',
    types: ['fff->ff', 'ddd->dd'],
    args: [
      waveform,
      { name: 'slope', doc: 'slope of the line, amplitude per sample' },
      { name: 'intercept', doc: 'value of the line at sample 0', unit: 'amplitude' },
      ...results,
    ],
    doc: 'Distance of a waveform from a line: r_i = x_i - (slope i + intercept). As linear_slope_diff, but mean is the average.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: lineResiduals,
  }),
  kernel({
    name: 'poly_residuals',
    signature: '(n),(m)->(),()',
    types: ['ff->ff', 'dd->dd'],
    args: [waveform, { name: 'poly_pars', doc: 'm coefficients, the lowest first' }, ...results],
    doc: 'Distance of a waveform from a polynomial: r_i = x_i - sum p_j i^j. As poly_diff, but mean is the average.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: polynomialResiduals,
  }),
  kernel({
    name: 'saturation_full_scale',
    signature: '(n),()->(),()',
    types: ['ff->ff', 'dd->dd'],
    args: [
      waveform,
      {
        name: 'bit_depth_in',
        doc: 'bits B of the converter, 1 to 53',
        range: { low: 1, high: 53, isWhole: true },
      },
      { name: 'n_lo_out', doc: 'samples equal to 0', output: true },
      { name: 'n_hi_out', doc: 'samples equal to 2^B - 1', output: true },
    ],
    doc: 'Numbers of samples at the lower and upper end of the range of a converter. As saturation, but with the highest code as the upper end.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ bit_depth_in: bits }) => index('bit_depth_in', bits, 1, 53),
    compiled: false,
    reference: saturationFullScale,
  }),
];
