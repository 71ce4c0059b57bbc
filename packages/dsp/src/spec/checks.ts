/** Checks that many kernels share; each returns the text of the fault or undefined. */

/** `value` must be a whole number. */
export function whole(name: string, value: number): string | undefined {
  return Math.floor(value) === value
    ? undefined
    : `${name} must be a whole number of samples, not ${value.toString()}: round it first, for example with round(…)`;
}

/** `value` must be a whole number from `low` to `high`. */
export function index(name: string, value: number, low: number, high: number): string | undefined {
  if (value >= low && value <= high) return whole(name, value);
  return `${name} must be between ${low.toString()} and ${high.toString()}, not ${value.toString()}: choose another value, or make it NaN to leave such rows out`;
}

/** `value` must not be negative. */
export function notNegative(name: string, value: number): string | undefined {
  return value < 0 ? `${name} must not be negative (it is ${value.toString()})` : undefined;
}

/** A filter of `length` samples must fit into a waveform of n. */
export function fits(length: number, n: number): string | undefined {
  return length > n
    ? `the filter is ${length.toString()} samples long, the waveform only ${n.toString()}: shorten rise, flat top or fall`
    : undefined;
}
