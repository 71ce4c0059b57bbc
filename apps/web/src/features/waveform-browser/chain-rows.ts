import type { Json } from '../../lib/form/schema-node';
import { withValue } from '../chain-editor/draft';
import type { ChainAnswer } from '../chain-editor/inspector';
import { curvesOf, type PreviewCurve } from '../chain-editor/preview-curves';
import type { RowValue } from './marks';

/** Stands before the names of what a chain computes in this page. */
export const chainKey = 'chain';
/** The power spectrum that is drawn against a frequency. */
export const spectrumName = 'power_spectrum';

/** A chain that computes nothing. */
export const nothingAsked: Json = { outputs: [], processors: {} };

/** A column that a chain computes. */
export interface ChainColumn {
  readonly token: string;
  readonly name: string;
  readonly units: string | null;
  readonly isList: boolean;
}

/** What a chain made of rows of one table. */
export interface ComputedTable {
  readonly table: string;
  readonly numbers: readonly number[];
  readonly answer: ChainAnswer;
}

/** A chain with the power spectrum of a waveform among its processors. */
export function withSpectrum(config: Json | undefined, waveform: string): Json {
  const output = `${spectrumName}(len(${waveform})//2+1, 'f', period=1/${waveform}.period/len(${waveform}))`;
  return withValue(config ?? nothingAsked, ['processors', spectrumName], {
    function: 'dspeed.processors.psd',
    args: [waveform, output],
  });
}

/** Numbers and lists that the first computed table has; the columns that it was computed from are left out. */
export function chainColumns(computed: readonly ComputedTable[]): ChainColumn[] {
  const [first] = computed;
  const results = first?.answer.results;
  if (results === null || results === undefined) return [];
  const made = new Set(first?.answer.processors.flatMap(({ names }) => names));
  return results.schema.columns
    .filter(({ name, shape }) => made.has(name) && shape.length < 2)
    .map(({ name, units, variableLength, shape }) => ({
      token: `${chainKey}/${name}`,
      name,
      units: units ?? null,
      isList: variableLength || shape.length === 1,
    }));
}

/** Names of the waveforms that the chain makes. */
export function chainWaveforms(computed: readonly ComputedTable[]): string[] {
  const [first] = computed;
  const made = new Set(first?.answer.processors.flatMap(({ names }) => names));
  return (first?.answer.variables ?? [])
    .filter(
      ({ name, shape, period, constant }) =>
        made.has(name) && shape.length === 1 && period !== undefined && !constant,
    )
    .map(({ name }) => name)
    .filter((name) => name !== spectrumName);
}

/** A computed column in a row; undefined when it was not computed. */
export function computedValue(
  computed: readonly ComputedTable[],
  table: string,
  token: string,
  row: number,
): RowValue | undefined {
  const of = computed.find((one) => one.table === table);
  const place = of?.numbers.indexOf(row) ?? -1;
  const results = of?.answer.results;
  const name = token.slice(chainKey.length + 1);
  const index = results?.schema.columns.findIndex((one) => one.name === name) ?? -1;
  const schema = results?.schema.columns[index];
  const column = results?.columns[index];
  if (place === -1 || schema === undefined || column === undefined) return undefined;
  const width = schema.shape.reduce((product, extent) => product * extent, 1);
  const [from, to] =
    column.offsets === undefined
      ? [place * width, (place + 1) * width]
      : [column.offsets[place] ?? 0, column.offsets[place + 1] ?? 0];
  return {
    values: Array.from({ length: to - from }, (_, at) => Number(column.data[from + at])),
    units: schema.units ?? null,
  };
}

/** Waveforms and spectra of the drawn rows of a table. */
export function computedCurves(
  computed: readonly ComputedTable[],
  table: string,
  names: readonly string[],
): PreviewCurve[] {
  const of = computed.find((one) => one.table === table);
  const results = of?.answer.results;
  return of === undefined || results === null || results === undefined
    ? []
    : curvesOf(results, names, of.numbers);
}

/** What is wrong with the chain, each thing once. */
export function chainFaults(computed: readonly ComputedTable[]): string[] {
  return [
    ...new Set(
      computed.flatMap(({ answer }) =>
        answer.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
      ),
    ),
  ];
}
