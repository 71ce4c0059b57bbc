import type { JsonValue } from '@countroom/contracts';
import type { ParameterTree } from '@countroom/parameters';

/** A value at a path: `trap.rise` gives `{ trap: { rise: value } }`. */
export function treeAt(path: string, value: string | number | readonly number[]): ParameterTree {
  return path
    .split('.')
    .reduceRight<JsonValue>(
      (inner, step) => ({ [step]: inner }),
      typeof value === 'object' ? [...value] : value,
    ) as ParameterTree;
}
