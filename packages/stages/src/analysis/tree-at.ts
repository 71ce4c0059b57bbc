import type { ParameterTree } from '@countroom/parameters';

/** A value at a path: `trap.rise` gives `{ trap: { rise: value } }`. */
export function treeAt(path: string, value: string | number): ParameterTree {
  return path
    .split('.')
    .reduceRight<ParameterTree | string | number>(
      (inner, step) => ({ [step]: inner }),
      value,
    ) as ParameterTree;
}
