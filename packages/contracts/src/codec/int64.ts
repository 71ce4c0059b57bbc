import { z } from 'zod';

const int64Min = -(2n ** 63n);
const int64Max = 2n ** 63n - 1n;

/**
 * A signed 64-bit integer as decimal text, the only form in which such numbers cross a process: JSON numbers
 * lose bits above 2^53 and bigints cannot be written as JSON. Leading zeros, signs other than `-`, and values
 * outside −2^63 … 2^63 − 1 are refused.
 */
export const int64Text = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,18})$/, 'a decimal 64-bit integer')
  .refine(
    (text) => /^-?\d{1,19}$/.test(text) && BigInt(text) >= int64Min && BigInt(text) <= int64Max,
    'outside the 64-bit range',
  )
  .meta({ id: 'Int64Text', description: 'Signed 64-bit integer as decimal text' });

/** Text form of a 64-bit integer. Throws a RangeError for values outside −2^63 … 2^63 − 1. */
export function encodeInt64(value: bigint): string {
  if (value < int64Min || value > int64Max)
    throw new RangeError(`${value.toString()} does not fit into 64 bits`);
  return value.toString();
}

/** The integer of a decimal text. Throws a RangeError naming the text when it is not a 64-bit integer. */
export function decodeInt64(text: string): bigint {
  const parsed = int64Text.safeParse(text);
  if (!parsed.success) throw new RangeError(`not a 64-bit integer: ${JSON.stringify(text)}`);
  return BigInt(text);
}
