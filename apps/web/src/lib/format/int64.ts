import { bytes, group, missing, si } from './numbers';

/** `1 234 567` from the decimal text of a 64-bit integer, without losing a digit. */
export function int64(text: string | null | undefined): string {
  return text === null || text === undefined ? missing : group(text);
}

/** As a float, for plots and rates only: exact below 2^53. */
export function int64ToNumber(text: string | null | undefined): number {
  return text === null || text === undefined ? Number.NaN : Number(BigInt(text));
}

/** `1.5 GiB` from a text of bytes. */
export function int64Bytes(text: string | null | undefined): string {
  return bytes(int64ToNumber(text));
}

/** `12.3 M`: short form with a prefix, exact form for titles comes from `int64`. */
export function int64Short(text: string | null | undefined, unit = ''): string {
  return si(int64ToNumber(text), unit);
}

/** a / b as a share, from two texts; NaN when b is 0. */
export function int64Share(part: string, whole: string): number {
  const divisor = BigInt(whole);
  if (divisor === 0n) return Number.NaN;
  return Number((BigInt(part) * 1_000_000_000n) / divisor) / 1e9;
}

/** Difference of two texts as text. */
export function int64Minus(a: string, b: string): string {
  return (BigInt(a) - BigInt(b)).toString();
}
