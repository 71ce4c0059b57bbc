/** Words that can be summed before the sums must be folded. */
const MOST_WORDS: i32 = 360;

function folded(sum: u32): u32 {
  return (sum & 0xffff) + (sum >> 16);
}

/** HDF5's Fletcher32 checksum of n bytes: over 16-bit words, the first byte of a word being the higher one. */
export function fletcher32(n: i32, bytes: usize): u32 {
  let low: u32 = 0;
  let high: u32 = 0;
  let words = n >> 1;
  let p = bytes;
  while (words > 0) {
    const some = min(words, MOST_WORDS);
    words -= some;
    const stop = p + ((<usize>some) << 1);
    for (; p < stop; p += 2) {
      low += bswap<u16>(load<u16>(p));
      high += low;
    }
    low = folded(low);
    high = folded(high);
  }
  if (n & 1) {
    low += (<u32>load<u8>(p)) << 8;
    high += low;
    low = folded(low);
    high = folded(high);
  }
  return (folded(high) << 16) | folded(low);
}
