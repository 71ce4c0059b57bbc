/** Words that can be summed before the sums must be folded. */
const mostWords = 360;

/** HDF5's Fletcher32 checksum: over 16-bit words, the first byte of a word being the higher one. */
export function fletcher32(bytes: Uint8Array): number {
  let low = 0;
  let high = 0;
  const whole = bytes.byteLength - (bytes.byteLength % 2);
  for (let at = 0; at < whole; ) {
    const stop = Math.min(whole, at + 2 * mostWords);
    for (; at < stop; at += 2) {
      low += (bytes[at]! << 8) | bytes[at + 1]!;
      high += low;
    }
    low = (low & 0xffff) + (low >>> 16);
    high = (high & 0xffff) + Math.floor(high / 65_536);
  }
  if (whole < bytes.byteLength) {
    low += bytes[whole]! << 8;
    high += low;
    low = (low & 0xffff) + (low >>> 16);
    high = (high & 0xffff) + (high >>> 16);
  }
  low = (low & 0xffff) + (low >>> 16);
  high = (high & 0xffff) + (high >>> 16);
  return ((high << 16) | low) >>> 0;
}
