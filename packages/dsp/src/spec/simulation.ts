import {
  injectExpPulse,
  injectGeneralLogistic,
  injectGumbel,
  injectSigPulse,
} from '../reference/inject.reference.js';
import { type ArgumentSpec, kernel } from './kernel-spec.js';

const waveform = { name: 'wf_in', doc: 'waveform', unit: 'amplitude' } as const;
const result = { name: 'wf_out', doc: 'waveform with the pulse', unit: 'amplitude', output: true } as const;
const amplitude = { name: 'a', doc: 'height of the pulse', unit: 'amplitude' } as const;
const start = {
  name: 't0',
  doc: 'start of the pulse',
  unit: 'samples',
  range: { low: 0, high: 'n' },
} as const;
const rise = {
  name: 'rt',
  doc: 'rise time from 1 to 99 percent',
  unit: 'samples',
  range: { low: 0, isAbove: true },
} as const;
const decay = {
  name: 'decay',
  doc: 'decay time of the tail',
  unit: 'samples',
  range: { low: 0, isAbove: true },
} as const;
const pulseArguments = [
  waveform,
  start,
  rise,
  amplitude,
  decay,
  result,
] as const satisfies readonly ArgumentSpec[];

/** Pulses added to waveforms, for simulations and tests of a chain. */
export const simulation = [
  kernel({
    name: 'inject_sig_pulse',
    signature: '(n),(),(),(),()->(n)',
    types: ['fffff->f', 'ddddd->d'],
    args: pulseArguments,
    doc: 'x_t + A exp(-(t - t0) / decay) / (1 + exp(-g (t - t0 - tr / 2))) with g = 4 ln 99 / tr.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: injectSigPulse,
  }),
  kernel({
    name: 'inject_exp_pulse',
    signature: '(n),(),(),(),()->(n)',
    types: ['fffff->f', 'ddddd->d'],
    args: pulseArguments,
    doc: 'Adds A exp((t - t0 - tr) / tr) exp(-(t - t0) / decay) up to t0 and A exp(-(t - t0) / decay) after t0 + tr; samples between them stay as they are.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: injectExpPulse,
  }),
  kernel({
    name: 'inject_general_logistic',
    signature: '(n),(),(),(),(),(),()->(n)',
    types: ['fffffff->f', 'ddddddd->d'],
    args: [
      waveform,
      amplitude,
      start,
      rise,
      { name: 'q', doc: 'weight of the exponential' },
      { name: 'v', doc: 'asymmetry: 1 is the logistic curve' },
      decay,
      result,
    ],
    doc: 'x_t + A exp(-(t - t0) / decay) / (1 + q exp(-g (t - t0 - tr / 2)))^(1 / v) with g = 4 ln 99 / tr.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: injectGeneralLogistic,
  }),
  kernel({
    name: 'inject_gumbel',
    signature: '(n),(),(),()->(n)',
    types: ['ffff->f', 'dddd->d'],
    args: [
      waveform,
      { name: 'a', doc: 'area of the pulse' },
      start,
      { name: 'beta', doc: 'width of the pulse', unit: 'samples', range: { low: 0, isAbove: true } },
      result,
    ],
    doc: 'Adds (A / beta) exp(-(z + exp(-z))) with z = (t - t0 - 2 beta) / beta from t0 up to t0 + 10 beta.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: injectGumbel,
  }),
];
