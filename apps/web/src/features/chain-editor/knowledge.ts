import type { BuiltinEntry, CatalogueEntry, ExplainedVariable } from '@countroom/dsp';

/** What completion and hover can tell. */
export interface Knowledge {
  readonly catalogue: readonly CatalogueEntry[];
  readonly builtins: readonly BuiltinEntry[];
  readonly variables: readonly ExplainedVariable[];
  /** Columns and nested tables of the chosen table. */
  readonly columns: readonly string[];
}

export const knowsNothing: Knowledge = { catalogue: [], builtins: [], variables: [], columns: [] };

export const recipeFields: Readonly<Record<string, string>> = {
  function: 'what is computed: a processor with its module, or an expression',
  module: 'where the function is found, when its name does not say it',
  args: 'arguments in their order; results are arguments too, given by name',
  unit: 'unit of each result; one of time makes it a time on the grid of the waveform',
  description: 'kept with the results',
  defaults: 'values of db.… parameters that are not in the database',
  init_args: 'what a processor is made of, once',
  coord_grid: 'the grid in which times are given: a variable or a period',
  lh5_attrs: 'further attributes of the results',
  prereqs: 'what must be computed before, when the arguments do not say it',
  signature: 'shapes of the arguments of a numpy function',
  types: 'number types of the arguments of a numpy function',
};

export const topFields: Readonly<Record<string, string>> = {
  outputs: 'names of what is written',
  processors: 'what is computed, by the names of the results',
  inputs: 'further tables whose columns stand beside those of the raw table',
};

const kinds = { point: 'time', interval: 'distance of times', none: '' } as const;

/** `float32[1836] ADC, every 16 ns`. */
export function variableWords({
  dtype,
  shape,
  unit,
  period,
  coordinate,
  constant,
}: ExplainedVariable): string {
  const extents = shape.length === 0 ? '' : `[${shape.join(', ')}]`;
  return [
    `${dtype}${extents}${unit === undefined || unit === '' ? '' : ` ${unit}`}`,
    kinds[coordinate],
    shape.length > 0 && period !== undefined ? `every ${period}` : '',
    constant ? 'same in all rows' : '',
  ]
    .filter((word) => word !== '')
    .join(', ');
}

/** `samples, 0 to n - 1, whole`. */
export function argumentWords({ unit, range, output }: CatalogueEntry['args'][number]): string {
  const words = [
    output === true ? 'result' : '',
    unit === 'amplitude' ? 'unit of the waveform' : (unit ?? ''),
  ];
  if (range?.choices !== undefined) words.push(`one of ${range.choices.join(', ')}`);
  else if (range !== undefined) {
    const from = range.low === undefined ? '' : `${range.isAbove === true ? 'above' : 'from'} ${range.low}`;
    words.push(
      [from, range.high === undefined ? '' : `to ${range.high}`].filter((word) => word !== '').join(' '),
    );
    if (range.isWhole === true) words.push('whole');
  }
  return words.filter((word) => word !== '').join(', ');
}

/** The processor that a recipe names. */
export function entryOf(
  { catalogue }: Pick<Knowledge, 'catalogue'>,
  functionText: string,
  module: string | undefined,
): CatalogueEntry | undefined {
  const path = functionText.split('(')[0]!.trim().split('.');
  const name = path.at(-1) ?? '';
  const where = path.length > 1 ? path.slice(0, -1).join('.') : (module ?? '');
  const named = catalogue.filter((one) => one.name === name);
  return named.find((one) => where.startsWith(one.module)) ?? (where === '' ? undefined : named[0]);
}
