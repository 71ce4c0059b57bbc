import { InvalidArgumentError } from 'commander';

/** A whole number of at least `least`, as a command line argument. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
    }
    return value;
  };
}

/** Any number above 0, as a command line argument. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0) || !Number.isFinite(value)) {
    throw new InvalidArgumentError('It must be a number above 0.');
  }
  return value;
}

/** Rows `A:B`: from A (0 when left out) to B, which is not included. */
export function rowRange(text: string): readonly [number, number] {
  const match = /^(\d*):(\d+)$/.exec(text);
  const start = Number(match?.[1] ?? '');
  const stop = Number(match?.[2]);
  if (match === null || stop < start)
    throw new InvalidArgumentError('It must be A:B with A not after B, for example 0:10.');
  return [start, stop];
}

/** Collects an option that may be given several times. */
export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
