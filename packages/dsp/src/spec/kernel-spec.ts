import type { Factory } from './factory.js';

/** Typed arrays that kernels work on; a scalar is an array of one number. */
export type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** Sizes of the dimensions of one call, by the letters of the shape signature (absent ones are 0). */
export type Sizes = Readonly<Record<'n' | 'm' | 'p' | 'q', number>>;

/**
 * The plain definition of a kernel, for one waveform: the arguments in the order of the signature, results written
 * into the output arrays (NaN everywhere at the start). Returns 0, or the number (from 1) of a fault in `faults`.
 * NaN inputs and parameters out of range never get here: the caller has dealt with them.
 */
export type Reference = (...args: Numbers[]) => number;

/** Values that make sense for a parameter, for editors and the documentation; `check` of the kernel is what refuses others. */
export interface ArgumentRange {
  /** Smallest value. */
  readonly low?: number;
  /** Largest value; `n` is the number of samples of the waveform. */
  readonly high?: number | 'n' | 'n - 1';
  /** Values must be above `low`, not equal to it. */
  readonly isAbove?: true;
  readonly isWhole?: true;
  /** These values only; letters are given as texts of one character. Told in `doc`. */
  readonly choices?: readonly (number | string)[];
}

/** One argument of a kernel. */
export interface ArgumentSpec<Name extends string = string> {
  readonly name: Name;
  readonly doc: string;
  /** Unit of a parameter: `samples`, or the unit of the waveform's amplitude, or none. */
  readonly unit?: 'samples' | 'amplitude';
  readonly range?: ArgumentRange;
  readonly output?: true;
  /** This scalar may be NaN without making the result NaN. */
  readonly nanAllowed?: true;
}

/**
 * A step before a prepared call that depends on its first argument alone, a waveform: calls that are given the same
 * waveform and the same numbers share what it makes.
 */
export interface SharedTransform {
  /** Name of the function, without `_f32` or `_f64`: length of the waveform, waveform, result, `extra`, table. */
  readonly kernel: string;
  /** Samples of its result. */
  readonly samples: number;
  readonly extra: readonly number[];
  /** Its table, stored in the type of the waveform. */
  readonly table: readonly number[];
}

/** Another compiled function for a call in which something is constant, with a table that is made once. */
export interface Prepared {
  /** Name of the function, without `_f32` or `_f64`. */
  readonly kernel: string;
  /** Whole numbers that it is given behind its usual arguments and the working memory; the table's address is last. */
  readonly extra: readonly number[];
  /** The table, stored in the type of the waveform. */
  readonly table: readonly number[];
  /** What has to be done with the waveform before; the address of its result is the call's last argument. */
  readonly transform?: SharedTransform;
  /** True when the table is stored in double whatever the waveform is. */
  readonly isTableDouble?: true;
  /** Bytes of working memory for samples of so many bytes. */
  readonly scratch: (bytesPerSample: number) => number;
}

/** Everything that is to be known about a kernel: checks, tests, documentation and the editor come from here. */
export interface KernelSpec {
  /** Name in configurations; also of the compiled function, with `_f32` or `_f64` behind. */
  readonly name: string;
  /** Module under which configurations ask for it; `dspeed.processors` when absent. */
  readonly module?: 'pygama.dsp.processors';
  /** Shapes of the arguments, such as `(n),(),()->(n)`; without `->`, outputs stand among the others. */
  readonly signature: string;
  /** Accepted types in order of preference, one letter per argument: b i I f d … as numpy has them. */
  readonly types: readonly string[];
  readonly args: readonly ArgumentSpec[];
  /** What it computes, with the formula. */
  readonly doc: string;
  /**
   * `propagate`: a NaN in a waveform or parameter makes all outputs of that row NaN before anything is checked.
   * `own`: the kernel looks at NaN itself (told in `doc`).
   */
  readonly nan: 'propagate' | 'own';
  /** A: exact up to rounding order; B: sequential sum, the error grows with the root of n; C: iterative. */
  readonly tolerance: 'A' | 'B' | 'C';
  /** What is wrong with the parameters of one row, or undefined. Scalars by argument name. */
  readonly check?: (scalars: Readonly<Record<string, number>>, sizes: Sizes) => string | undefined;
  /** Why these sizes can never go together, or undefined; found while a chain is planned. */
  readonly checkSizes?: (sizes: Sizes) => string | undefined;
  /** Texts of the faults that a kernel can report while running. */
  readonly faults?: readonly string[];
  /** Bytes of working memory that a compiled call needs. */
  readonly scratch?: (sizes: Sizes) => number;
  /**
   * Looks for a faster way to run a compiled call. `constants` holds the inputs that are the same in all rows, by
   * argument name. Returns undefined when the usual function is to be called.
   */
  readonly prepare?: (
    constants: Readonly<Record<string, Numbers | undefined>>,
    sizes: Sizes,
  ) => Prepared | undefined;
  /**
   * Name of the compiled function, without `_f32` or `_f64`, that writes the largest sample of the one result instead
   * of all of it; called where a chain wants nothing else of it.
   */
  readonly top?: string;
  /**
   * Name of the compiled function, without `_f32` or `_f64`, that gives the one result at a list of places instead of all of
   * it; called where a chain wants nothing else of it and its parameters, lengths all of them, are constant and short.
   */
  readonly at?: string;
  /** Makes the processor proper of the configuration's `init_args`; without them it cannot be called. */
  readonly factory?: Factory;
  /** Vector files that hold for it, when they are not called as it is. */
  readonly vectors?: readonly string[];
  /**
   * True when there is also a compiled function with `_f32_f64` behind its name, which takes a waveform in float32 as its
   * first argument and everything else in double: a waveform need not be converted for it then.
   */
  readonly widens?: true;
  /** True when src/assembly has it, as SIMD and scalar builds. */
  readonly compiled: boolean;
  /** Names of its compiled functions, without `_f32` or `_f64`, when it is not just the one called as it is. */
  readonly functions?: readonly string[];
  readonly reference: Reference;
}

/** Types a spec entry: names of scalars in `check` must be names of arguments. */
export function kernel<const Name extends string>(
  spec: Omit<KernelSpec, 'args' | 'check'> & {
    readonly args: readonly ArgumentSpec<Name>[];
    readonly check?: (scalars: Readonly<Record<Name, number>>, sizes: Sizes) => string | undefined;
  },
): KernelSpec {
  return spec;
}

/** Shape signature of one argument list: dimension letters per argument, and how many trailing ones are outputs. */
export interface Shapes {
  readonly args: readonly (readonly string[])[];
  /** Arguments after `->`; 0 when the signature has none. */
  readonly results: number;
}

/** Reads a signature such as `(n),()->(n)`. Throws a SyntaxError on anything else. */
export function parseSignature(signature: string): Shapes {
  const [left = '', right, ...more] = signature.replaceAll(/\s/g, '').split('->');
  const list = (text: string) => {
    if (!/^(\(\w*(,\w+)*\)(,(?=\()|$))*$/.test(text))
      throw new SyntaxError(`'${signature}' is not a shape signature`);
    return [...text.matchAll(/\(([^)]*)\)/g)].map((match) =>
      (match[1] ?? '').split(',').filter((name) => name !== ''),
    );
  };
  if (more.length > 0) throw new SyntaxError(`'${signature}' is not a shape signature`);
  const inputs = list(left);
  const results = right === undefined ? [] : list(right);
  return { args: [...inputs, ...results], results: results.length };
}
