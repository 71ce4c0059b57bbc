import type { CallOf, ColumnHistogram, endpoints, PlaneHistogram, SkimCounts } from '@countroom/contracts';

/** Options of the stage skim. */
export type Query = CallOf<typeof endpoints.skim.rows>['body']['query'];

/** What the form asks for, as it stands in the address. */
export interface SkimForm {
  readonly rows: 'hits' | 'events';
  readonly columns: readonly string[];
  /** One per line; `or` in front: rows that pass it are added. */
  readonly cuts: string;
  readonly channels: readonly string[];
  readonly keep: 'passing' | 'events';
  readonly sample: number | null;
}

const orMark = /^or\s+/i;

/** Cuts of a text, as the stage skim takes them. */
export function cutsOf(text: string): (string | { cut: string; join: 'append' })[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (orMark.test(line) ? { cut: line.replace(orMark, ''), join: 'append' } : line));
}

/** What the form asks for, what need not be said left out. */
export function queryOf({ rows, columns, cuts, channels, keep, sample }: SkimForm): Query {
  return {
    rows,
    columns: [...columns],
    ...(cutsOf(cuts).length === 0 ? {} : { cuts: cutsOf(cuts) }),
    ...(channels.length === 0 ? {} : { tables: [...channels] }),
    ...(keep === 'passing' ? {} : { keep }),
    ...(sample === null ? {} : { sample: { rows: sample } }),
  };
}

/** Names of axes are written out as they are: a `/` in one is no path. */
function label(expression: string): string {
  return expression.replaceAll('/', '∕');
}

/** Counts over one axis as the plots of columns take them. */
export function columnOf({
  axes,
  counts,
  entries,
  below,
  above,
  nan,
  mean,
  stdev,
}: SkimCounts): ColumnHistogram {
  const { expression, units, bins, min, max } = axes[0]!;
  return {
    path: label(expression),
    units,
    entries,
    nan,
    underflow: below,
    overflow: above,
    min,
    max,
    bins,
    counts,
    mean,
    stdev,
  };
}

/** Counts over two axes, the one that goes up first. */
export function planeOf({ axes, counts, entries, above, nan }: SkimCounts): PlaneHistogram {
  const [up, across] = axes;
  const axis = ({ expression, units, min, max }: SkimCounts['axes'][number]): PlaneHistogram['x'] => ({
    column: label(expression),
    units,
    min,
    max,
  });
  return {
    path: 'query',
    x: axis(across!),
    y: axis(up!),
    bins: up!.bins,
    entries,
    outside: above,
    nan,
    counts,
  };
}
