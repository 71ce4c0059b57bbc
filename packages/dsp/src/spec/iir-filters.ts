import { filterTypes } from '../design/analog-prototypes.js';
import { bandTypes, coefficientsOf, designResonator, designRoots } from '../design/iir-design.js';
import { doubtOf, sectionsOf } from '../design/sections.js';
import { isCompatible, multiplyUnits, plainNumber, type Quantity, quantity, ratio } from '../units/unit.js';
import type { Factory, InitArgument, InitValue, Made } from './factory.js';
import { type KernelSpec, kernel } from './kernel-spec.js';
import { settledRecursion, settledSections } from './recursive.js';

const sampling: InitArgument = {
  name: 'f_samp',
  doc: 'sampling frequency, or a waveform whose period gives it; without it, frequencies are fractions of the Nyquist frequency',
  default: 'none',
};

function isQuantity(value: InitValue | undefined): value is Quantity {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'quantity';
}

function isVariable(value: InitValue | undefined): value is InitValue & { period: Quantity | undefined } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'variable';
}

/** Two frequencies, or a frequency and a period, as the plain number of their ratio; undefined when they do not fit. */
function overSampling(frequency: InitValue, rate: InitValue | undefined): number | undefined {
  if (typeof frequency === 'number') {
    if (rate === undefined || rate === null) return frequency;
    return typeof rate === 'number' ? (2 * frequency) / rate : undefined;
  }
  if (!isQuantity(frequency)) return undefined;
  if (isQuantity(rate) && isCompatible(frequency.unit, rate.unit)) return 2 * ratio(frequency, rate);
  const period = isVariable(rate) ? rate.period : undefined;
  if (period === undefined) return undefined;
  const product = multiplyUnits(frequency.unit, period.unit);
  if (product.powers.some((power) => power !== 0)) return undefined;
  return 2 * plainNumber(quantity(frequency.value * period.value, product));
}

const notFrequency =
  'frequencies must be plain numbers, or frequencies such as 5*MHz together with f_samp=wf or f_samp=62.5*MHz';

/** Frequencies as fractions of the Nyquist frequency, or what is wrong with them. */
function fractions(value: InitValue | undefined, rate: InitValue | undefined): readonly number[] | string {
  const list = (Array.isArray(value) ? value : [value]) as readonly InitValue[];
  const found = list.map((one) => overSampling(one, rate));
  if (found.some((one) => one === undefined || Number.isNaN(one))) return notFrequency;
  const outside = found.find((one) => one! < 0 || one! > 1);
  return outside === undefined
    ? (found as readonly number[])
    : `a frequency is ${outside.toString()} times the Nyquist frequency; it must be between 0 and 1`;
}

/** Filters whose sections may differ by more from one recursion, of which configurations speak, are run as one recursion. */
const mostDoubt = 1e-11;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function oneOf<T extends string>(
  value: InitValue | undefined,
  known: readonly T[],
  name: string,
): T | string {
  const found = known.find((one) => one === (value ?? known[0]));
  return found ?? `${name} must be one of ${known.join(', ')}`;
}

function makeIir(values: Readonly<Record<string, InitValue | undefined>>): Made | string {
  const type = oneOf(values['ftype'], filterTypes, 'ftype');
  const band = oneOf(values['btype'], bandTypes, 'btype');
  const edges = fractions(values['freq'], values['f_samp']);
  const { order, rp, rs } = values;
  const knownType = filterTypes.find((known) => known === type);
  const knownBand = bandTypes.find((known) => known === band);
  if (knownType === undefined) return type;
  if (knownBand === undefined) return band;
  if (typeof edges === 'string') return edges;
  if (typeof order !== 'number' || !Number.isInteger(order) || order < 1)
    return 'order must be a whole number, at least 1';
  const wanted = knownBand.startsWith('band') ? 2 : 1;
  if (edges.length !== wanted) {
    return `${knownBand} needs ${wanted === 1 ? 'one frequency' : 'two frequencies, as [low, high]'}, not ${edges.length.toString()}`;
  }
  if (wanted === 2 && !(edges[0]! < edges[1]!)) return 'the first frequency must be below the second';
  const ripples: readonly (readonly [string, InitValue | undefined])[] = [
    ...(knownType === 'cheby1' || knownType === 'ellip' ? [['rp', rp] as const] : []),
    ...(knownType === 'cheby2' || knownType === 'ellip' ? [['rs', rs] as const] : []),
  ];
  const wrong = ripples.find(([, value]) => !(typeof value === 'number' && value > 0));
  if (wrong !== undefined) return `${knownType} needs ${wrong[0]}, a number of dB above 0`;
  if (knownType === 'ellip' && !(Number(rp) < Number(rs))) return 'rp must be below rs';
  const ripple = { pass: Number(rp ?? 0), stop: Number(rs ?? 0) };
  const roots = designRoots({ type: knownType, band: knownBand, order, edges, ripple });
  const { a, b } = coefficientsOf(roots);
  const sections = b.length > 3 && doubtOf(b, roots.poles) < mostDoubt ? sectionsOf(roots) : undefined;
  if (sections !== undefined)
    return { kernel: settledSections, settled: { sections: sections.flat(), gain: roots.gain } };
  return { kernel: settledRecursion, settled: { a, b, gain: sum(a) / sum(b) } };
}

function makeResonator(kind: 'notch' | 'peak', gain: number): Factory['make'] {
  return ({ freq, bandwidth, f_samp: rate }) => {
    const found = fractions(freq, rate);
    if (typeof found === 'string') return found;
    const width = fractions(bandwidth, rate);
    if (typeof width === 'string') return width;
    if (found.length !== 1 || width.length !== 1) return 'freq and bandwidth must be one number each';
    if (!(found[0]! > 0 && found[0]! < 1 && width[0]! > 0)) {
      return 'freq must be between 0 and the Nyquist frequency, bandwidth above 0';
    }
    const { a, b } = designResonator(kind, found[0]!, width[0]!);
    return { kernel: settledRecursion, settled: { a, b, gain } };
  };
}

function filter(name: string, doc: string, factory: Factory): KernelSpec {
  return kernel({
    name,
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'w_out', doc: 'filtered waveform', unit: 'amplitude', output: true },
    ],
    doc,
    nan: 'propagate',
    tolerance: 'B',
    faults: ['init_args are missing'],
    compiled: false,
    reference: () => 1,
    factory,
  });
}

const resonatorArguments: readonly InitArgument[] = [
  { name: 'freq', doc: 'the frequency' },
  { name: 'bandwidth', doc: 'width of the band at half the power' },
  sampling,
];

/** Filters that are designed from frequencies. */
export const iirFilters = [
  filter(
    'iir_filter',
    'Digital filter of one of the classical families, by bilinear transformation with prewarped edges; it starts as if the first sample had been there for ever.',
    {
      args: [
        { name: 'freq', doc: 'edge, or [low, high] for bandpass and bandstop' },
        { name: 'order', doc: 'order of the filter, at least 1' },
        { name: 'rp', doc: 'ripple in the pass band in dB (cheby1, ellip)', default: 'none' },
        { name: 'rs', doc: 'attenuation in the stop band in dB (cheby2, ellip)', default: 'none' },
        sampling,
        { name: 'ftype', doc: 'butter, cheby1, cheby2, ellip or bessel', isWord: true, default: 'butter' },
        { name: 'btype', doc: 'lowpass, highpass, bandpass or bandstop', isWord: true, default: 'lowpass' },
      ],
      make: makeIir,
    },
  ),
  filter(
    'notch_filter',
    'Takes one frequency out; it starts as if the first sample had been there for ever.',
    {
      args: resonatorArguments,
      make: makeResonator('notch', 1),
    },
  ),
  filter('peak_filter', 'Lets one frequency through; its results before the waveform are 0.', {
    args: resonatorArguments,
    make: makeResonator('peak', 0),
  }),
];
