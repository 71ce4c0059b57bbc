const BASE: u32 = 65521;
/** Bytes after which both sums may overflow 32 bits, a multiple of 32. */
const MOST: usize = 5536;

function across(v: v128): u32 {
  const pairs = i32x4.add(v, v128.shuffle<u32>(v, v, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

/** Adler-32 of n bytes. */
export function adler32(n: i32, bytes: usize): u32 {
  const first = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const second = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let a: u32 = 1;
  let b: u32 = 0;
  let p = bytes;
  const end = bytes + <usize>n;
  while (end - p >= 16) {
    const stop = p + (min(end - p, MOST) & ~15);
    const rounds = <u32>((stop - p) >> 4);
    let sums = i32x4.splat(0);
    // Sums of the bytes of all vectors before each one: every byte counts 16 times in them.
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (; p < stop; p += 16) {
      const v = v128.load(p);
      before = i32x4.add(before, sums);
      const low = v128.extend_low<u8>(v);
      const high = v128.extend_high<u8>(v);
      sums = i32x4.add(sums, v128.extadd_pairwise<u16>(v128.add<u16>(low, high)));
      weighted = i32x4.add(weighted, v128.dot<i16>(low, first));
      weighted = i32x4.add(weighted, v128.dot<i16>(high, second));
    }
    b = (b + a * (rounds << 4) + (across(before) << 4) + across(weighted)) % BASE;
    a = (a + across(sums)) % BASE;
  }
  for (; p < end; p++) {
    a += load<u8>(p);
    b += a;
  }
  return ((b % BASE) << 16) | (a % BASE);
}
