import type { DataArray } from '@countroom/records';
import type { Quantity } from '../units/unit.js';
import type { KernelSpec } from './kernel-spec.js';

/** A variable of the chain as a factory sees it. */
export interface InitVariable {
  readonly kind: 'variable';
  readonly name: string;
  /** Shape of one row. */
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Sampling period, when it has a grid. */
  readonly period: Quantity | undefined;
  /** Its numbers when they are the same in all rows. */
  readonly constant: readonly number[] | undefined;
}

/** Numbers in lists, nested by axis. */
export type InitList = readonly (number | InitList)[];

/** One entry of `init_args`: evaluated when written as an expression, or as it stands in the configuration. */
export type InitValue =
  | number
  | string
  | boolean
  | null
  | InitList
  | Quantity
  | InitVariable
  | Readonly<Record<string, unknown>>;

/** One entry of `init_args` in the documentation. */
export interface InitArgument {
  readonly name: string;
  readonly doc: string;
  /** A text that stands for itself, quoted or not: never an expression. */
  readonly isWord?: true;
  /** Needs no entry; told as text. */
  readonly default?: string;
}

/** Reads numbers of a file; undefined when they are not there. */
export type ReadNumbers = (request: {
  readonly file: string;
  readonly path: string;
}) => { readonly shape: readonly number[]; readonly data: DataArray } | undefined;

/** A processor made for one place of a chain. */
export interface Made {
  readonly kernel: KernelSpec;
  /** Arguments of that kernel that are settled; the others are given by the configuration, in their order. */
  readonly settled?: Readonly<Record<string, number | readonly number[]>>;
}

/** What makes a processor of its `init_args`, once, while a chain is planned. */
export interface Factory {
  readonly args: readonly InitArgument[];
  /** Values by name of `args`; absent ones are undefined. Returns what is wrong with them as a text. */
  readonly make: (
    values: Readonly<Record<string, InitValue | undefined>>,
    read: ReadNumbers,
  ) => Made | string;
  /** Paths of the objects that it reads from the file which the first of `args` names; empty: the file's bytes. */
  readonly objects?: readonly string[];
}
