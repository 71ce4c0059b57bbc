import type { ArgumentRange, KernelSpec } from '../spec/kernel-spec.js';
import { kernelGroups } from '../spec/kernels.js';
import { numpyKernels } from '../spec/numpy.js';
import { gaussianSmoothingKernel } from '../spec/scipy.js';
import { seed2021 } from '../spec/seed-2021.js';

const nanRules: Readonly<Record<KernelSpec['nan'], string>> = {
  propagate: 'A NaN in a waveform or a parameter makes the results of that row NaN.',
  own: 'It looks at NaN itself.',
};

const accuracies: Readonly<Record<KernelSpec['tolerance'], string>> = {
  A: 'Exact up to the order of rounding.',
  B: 'A sum of many steps: the error grows with the root of the number of samples.',
  C: 'Found step by step, up to a tolerance.',
};

const units: Readonly<Record<string, string>> = { samples: 'samples', amplitude: 'that of the waveform' };

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** `0 to n - 1, whole`; empty for a parameter of any value. */
function rangeText(range: ArgumentRange | undefined): string {
  if (range === undefined) return '';
  const { low, high, isAbove, isWhole, choices } = range;
  if (choices !== undefined) return choices.map((choice) => `\`${choice.toString()}\``).join(' ');
  const from = low?.toString() ?? '';
  const bounds =
    high === undefined
      ? `${isAbove === true ? 'above' : 'from'} ${from}`
      : `${isAbove === true ? 'above ' : ''}${from} to ${high.toString()}`;
  return isWhole === true ? `${bounds}, whole` : bounds;
}

/** One processor with its arguments. */
function section(spec: KernelSpec, name: string): string[] {
  const args = spec.args.map(({ name: argument, doc, unit, range, output, nanAllowed }) => [
    `\`${argument}\``,
    output === true ? 'out' : 'in',
    unit === undefined ? '' : (units[unit] ?? unit),
    rangeText(range),
    nanAllowed === true ? `${doc}; a NaN is told` : doc,
  ]);
  const init = spec.factory?.args.map(({ name: argument, doc, default: missing }) => [
    `\`${argument}\``,
    missing ?? 'needed',
    doc,
  ]);
  const types = spec.types.map((one) => `\`${one}\``).join(', ');
  return [
    `### ${name}`,
    '',
    spec.doc,
    '',
    `\`${spec.signature}\` for ${types}. ${nanRules[spec.nan]} ${accuracies[spec.tolerance]}`,
    '',
    ...table(['argument', '', 'unit', 'values', 'meaning'], args),
    '',
    ...(init === undefined ? [] : [...table(['init_args', 'default', 'meaning'], init), '']),
  ];
}

function byName(specs: readonly KernelSpec[]): KernelSpec[] {
  return specs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Text of docs/reference/processors.md: every processor with its arguments. */
export function processorReference(): string {
  const groups = kernelGroups.filter(({ kernels }) => kernels.length > 0);
  const lines = [
    '# Processors',
    '',
    'Made by: `node tools/reference.mjs`. What a configuration of a chain may name as `function`, with the module',
    '`dspeed.processors`. Arguments are given in the order of the tables; outputs are arguments too. A signature tells the',
    'dimensions of the arguments: `(n)` an array of n samples, `()` one number per row; results stand behind `->`, or among the',
    'others where they have a length of their own and must be declared with it (`wf_out(100)`). The letters of the types are',
    "numpy's: `f` and `d` floats of 32 and 64 bits, `F` and `D` complex numbers of them, `b h i l` and `B H I L` integers of 8",
    'to 64 bits with and without sign, `?` truth values; the first combination into which the inputs fit is taken. Times such',
    'as `10*us` stand for samples of the waveform beside them.',
    '',
    ...groups.flatMap(({ title, kernels }) => [
      `## ${title}`,
      '',
      ...byName(kernels).flatMap((spec) => section(spec, spec.name)),
    ]),
    '## Processors of 2021',
    '',
    'Under the module `pygama.dsp.processors`, for configurations of that time; the others are found under it too.',
    '',
    ...byName(seed2021).flatMap((spec) => section(spec, `${spec.name} (2021)`)),
    '## numpy and scipy',
    '',
    'Under the module `numpy`: functions of single numbers by their own names, and these along the samples (`axis` 1 or -1). Under',
    '`scipy.ndimage`: `gaussian_filter1d` with `mode`, `truncate` and `output`, told here as gaussian_smoothing.',
    '',
    ...byName([...numpyKernels, gaussianSmoothingKernel]).flatMap((spec) => section(spec, spec.name)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
