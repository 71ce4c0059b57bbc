import { expressionNames } from '@countroom/expressions';
import type { Table } from '@countroom/records';

/** Units of expressions, as far as they are known. */
export type ColumnUnits = Readonly<Record<string, string>>;

/** Units of columns, and of sums and differences of columns with one unit. */
export function columnUnits({ columns }: Table, expressions: readonly string[]): ColumnUnits {
  const known: Record<string, string> = {};
  for (const expression of expressions) {
    if (!/^[\w\s.+-]+$/.test(expression)) continue;
    const units = new Set(expressionNames(expression).map((name) => columns.get(name)?.attrs['units']));
    const [unit] = units;
    if (units.size === 1 && typeof unit === 'string' && unit !== '') known[expression] = unit;
  }
  return known;
}

/** What stands on an axis: `trapEmax (ADC)`, or the name alone. */
export function withUnit(name: string, units: ColumnUnits): string {
  const unit = units[name];
  return unit === undefined ? name : `${name} (${unit})`;
}
