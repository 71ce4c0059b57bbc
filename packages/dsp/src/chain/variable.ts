import type { AttributeValue } from '@countroom/records';
import type { NumberType } from '../spec/number-types.js';
import type { Quantity } from '../units/unit.js';
import type { Grid } from './grid.js';
import type { View } from './storage.js';

/**
 * Whether numbers are positions on the variable's grid: `point` a time, `interval` the distance of two times, `none`
 * plain numbers. Positions are counted in samples inside a chain and written in the variable's unit.
 */
export type Coordinate = 'none' | 'point' | 'interval';

/**
 * A named result or input of a chain. Every property but the name may be left open (undefined) until the first
 * processor that touches the variable settles it; `grid` null means settled: none.
 */
export class Variable {
  dtype: NumberType | undefined;
  /** Shape of one row; [] for a number. Views of complex numbers have a last axis of two more. */
  shape: readonly number[] | undefined;
  unit: string | undefined;
  grid: Grid | null | undefined;
  coordinate: Coordinate | undefined;
  /** Holds how many of the elements are in use. */
  vectorLength: Variable | undefined;
  /** Where the numbers are; undefined until something computes them. */
  view: View | undefined;
  description: string | undefined;
  attrs: Readonly<Record<string, AttributeValue>> = {};

  constructor(readonly name: string) {}

  /** True when all rows have the same numbers. */
  get isConstant(): boolean {
    return this.view?.storage.constant !== undefined;
  }
}

/** What an expression stands for while a chain is built. */
export type Value =
  | { readonly kind: 'number'; readonly value: number; readonly integer: boolean }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'array';
      readonly values: readonly number[];
      readonly shape: readonly number[];
      readonly integer: boolean;
    }
  | { readonly kind: 'grid'; readonly grid: Grid }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | Quantity;

/** A number as a value. */
export function numberValue(value: number, integer = Number.isInteger(value)): Value {
  return { kind: 'number', value, integer };
}
