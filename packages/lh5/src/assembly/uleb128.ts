/** A stream that ends inside a number, or holds more samples or larger numbers than it may. */
const BAD: i32 = -1;

function put(value: u32, to: usize): usize {
  let rest = value;
  let q = to;
  while (rest >= 0x80) {
    store<u8>(q++, <u8>rest | 0x80);
    rest >>= 7;
  }
  store<u8>(q++, <u8>rest);
  return q;
}

function encode<T>(n: i32, from: usize, to: usize): i32 {
  let last: i32 = 0;
  let q = to;
  for (let i = 0; i < n; i++) {
    const value = <i32>load<T>(from + <usize>i * sizeof<T>());
    const step = value - last;
    last = value;
    const z = <u32>((step << 1) ^ (step >> 31));
    if (z < 0x80) store<u8>(q++, <u8>z);
    else q = put(z, q);
  }
  return <i32>(q - to);
}

function decode<T>(bytes: i32, from: usize, most: i32, to: usize): i32 {
  const end = from + bytes;
  let p = from;
  let last: i32 = 0;
  let count = 0;
  while (p < end) {
    if (count == most) return BAD;
    let z = <u32>load<u8>(p++);
    if (z >= 0x80) {
      z &= 0x7f;
      let shift: u32 = 7;
      while (true) {
        if (p == end || shift > 28) return BAD;
        const next = <u32>load<u8>(p++);
        if (shift == 28 && (next & 0x70) != 0) return BAD;
        z |= (next & 0x7f) << shift;
        shift += 7;
        if (next < 0x80) break;
      }
    }
    last += <i32>(z >> 1) ^ -(<i32>z & 1);
    store<T>(to + <usize>count * sizeof<T>(), <T>last);
    count++;
  }
  return count;
}

/** Encodes n samples; returns the bytes of the code. There must be room for 5 bytes per sample. */
export function uleb128_encode_i16(n: i32, from: usize, to: usize): i32 {
  return encode<i16>(n, from, to);
}

export function uleb128_encode_u16(n: i32, from: usize, to: usize): i32 {
  return encode<u16>(n, from, to);
}

export function uleb128_encode_i32(n: i32, from: usize, to: usize): i32 {
  return encode<i32>(n, from, to);
}

/** Decodes a code of so many bytes to at most `most` samples; returns their number, or less than 0 when it is damaged. */
export function uleb128_decode_i32(bytes: i32, from: usize, most: i32, to: usize): i32 {
  return decode<i32>(bytes, from, most, to);
}

export function uleb128_decode_u16(bytes: i32, from: usize, most: i32, to: usize): i32 {
  return decode<u16>(bytes, from, most, to);
}
