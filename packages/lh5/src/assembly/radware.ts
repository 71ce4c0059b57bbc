/** A code that is cut off or contradicts itself, or a sample that does not fit. */
const BAD: i32 = -1;
const LOOK_AHEAD: i32 = 48;
const LONGEST: i32 = 128;
const MODE_OFFSET: i32 = 32;

/** Adds the shift to n samples and keeps them as 16-bit numbers; false when one does not fit. */
function shifted<T>(n: i32, from: usize, shift: i32, to: usize): bool {
  let wrong = 0;
  let i = 0;
  if (sizeof<T>() == 2) {
    const by = i32x4.splat(shift);
    let bad = i32x4.splat(0);
    for (; i + 8 <= n; i += 8) {
      const raw = v128.load(from + ((<usize>i) << 1));
      const a = i32x4.add(isSigned<T>() ? i32x4.extend_low_i16x8_s(raw) : i32x4.extend_low_i16x8_u(raw), by);
      const b = i32x4.add(
        isSigned<T>() ? i32x4.extend_high_i16x8_s(raw) : i32x4.extend_high_i16x8_u(raw),
        by,
      );
      const narrow = i16x8.narrow_i32x4_s(a, b);
      bad = v128.or(bad, v128.xor(i32x4.extend_low_i16x8_s(narrow), a));
      bad = v128.or(bad, v128.xor(i32x4.extend_high_i16x8_s(narrow), b));
      v128.store(to + ((<usize>i) << 1), narrow);
    }
    if (v128.any_true(bad)) return false;
  }
  for (; i < n; i++) {
    const value = <i64>load<T>(from + <usize>i * sizeof<T>()) + shift;
    wrong |= i32(value != <i64>(<i16>value));
    store<i16>(to + ((<usize>i) << 1), <i16>value);
  }
  return wrong == 0;
}

function sample(v: usize, i: i32): i32 {
  return <i32>load<i16>(v + ((<usize>i) << 1));
}

function word(q: usize, value: i32): usize {
  store<u16>(q, bswap<u16>(<u16>value));
  return q + 2;
}

function horizontalMin(x: v128): i32 {
  return min(
    min(i32x4.extract_lane(x, 0), i32x4.extract_lane(x, 1)),
    min(i32x4.extract_lane(x, 2), i32x4.extract_lane(x, 3)),
  );
}

function horizontalMax(x: v128): i32 {
  return max(
    max(i32x4.extract_lane(x, 0), i32x4.extract_lane(x, 1)),
    max(i32x4.extract_lane(x, 2), i32x4.extract_lane(x, 3)),
  );
}

function four(p: usize): v128 {
  return i32x4.extend_low_i16x8_s(v128.load64_zero(p));
}

/** Writes `count` fields of `bits` bits, the last word filled up with zeros. */
function putAbsolute(v: usize, count: i32, low: i32, bits: u64, to: usize): usize {
  let q = to;
  let rest: u64 = 0;
  let kept: u64 = 0;
  for (let i = 0; i < count; i++) {
    rest = (rest << bits) | <u64>(sample(v, i) - low);
    kept += bits;
    if (kept >= 32) {
      kept -= 32;
      store<u32>(q, bswap<u32>(<u32>(rest >> kept)));
      q += 4;
    }
  }
  return finish(q, rest, kept);
}

function putSteps(v: usize, count: i32, low: i32, bits: u64, to: usize): usize {
  let q = to;
  let rest: u64 = 0;
  let kept: u64 = 0;
  let last = sample(v, 0);
  for (let i = 1; i <= count; i++) {
    const value = sample(v, i);
    rest = (rest << bits) | <u64>(value - last - low);
    last = value;
    kept += bits;
    if (kept >= 32) {
      kept -= 32;
      store<u32>(q, bswap<u32>(<u32>(rest >> kept)));
      q += 4;
    }
  }
  return finish(q, rest, kept);
}

function finish(to: usize, rest: u64, bits: u64): usize {
  let q = to;
  let kept = bits;
  if (kept >= 16) {
    kept -= 16;
    q = word(q, <i32>(rest >> kept));
  }
  if (kept > 0) q = word(q, <i32>(rest << (16 - kept)));
  return q;
}

/** Extremes of the samples from `first` to `last`, and of their steps from the second on. */
let lowest: i32 = 0;
let highest: i32 = 0;
let lowestStep: i32 = 0;
let highestStep: i32 = 0;

function look(v: usize, first: i32, last: i32): void {
  lowest = highest = sample(v, first);
  lowestStep = 16000;
  highestStep = -16000;
  let i = first + 1;
  if (last - i >= 4) {
    let low = i32x4.splat(lowest);
    let high = low;
    let lowStep = i32x4.splat(lowestStep);
    let highStep = i32x4.splat(highestStep);
    for (; i + 4 <= last; i += 4) {
      const p = v + ((<usize>i) << 1);
      const now = four(p);
      const step = i32x4.sub(now, four(p - 2));
      low = i32x4.min_s(low, now);
      high = i32x4.max_s(high, now);
      lowStep = i32x4.min_s(lowStep, step);
      highStep = i32x4.max_s(highStep, step);
    }
    lowest = horizontalMin(low);
    highest = horizontalMax(high);
    lowestStep = horizontalMin(lowStep);
    highestStep = horizontalMax(highStep);
  }
  for (; i < last; i++) {
    const value = sample(v, i);
    const step = value - sample(v, i - 1);
    lowest = min(lowest, value);
    highest = max(highest, value);
    lowestStep = min(lowestStep, step);
    highestStep = max(highestStep, step);
  }
}

function encode<T>(n: i32, from: usize, shift: i32, v: usize, to: usize): i32 {
  if (!shifted<T>(n, from, shift, v)) return BAD;
  let q = word(to, n);
  let first = 0;
  while (first < n) {
    let last = min(first + LOOK_AHEAD, n);
    look(v, first, last);
    const steps = highest - lowest > highestStep - lowestStep;
    let low = steps ? lowestStep : lowest;
    let high = steps ? highestStep : highest;
    const range = high - low;
    const bits = range <= 3 ? 2 : 32 - clz(range);
    const most = (1 << bits) - 1;
    const end = min(first + LONGEST, n);
    if (steps) {
      for (let before = sample(v, last - 1); last < end; last++) {
        const value = sample(v, last);
        const step = value - before;
        before = value;
        const lower = min(low, step);
        const higher = max(high, step);
        if (higher - lower > most) break;
        low = lower;
        high = higher;
      }
    } else {
      for (; last < end; last++) {
        const value = sample(v, last);
        const lower = min(low, value);
        const higher = max(high, value);
        if (higher - lower > most) break;
        low = lower;
        high = higher;
      }
    }
    const count = last - first;
    const at = v + ((<usize>first) << 1);
    q = word(q, count);
    q = word(q, steps ? bits + MODE_OFFSET : bits);
    if (steps) {
      q = word(q, sample(v, first));
      q = word(q, low);
      q = putSteps(at, count - 1, low, bits, q);
    } else {
      q = word(q, low);
      q = putAbsolute(at, count, low, bits, q);
    }
    first = last;
  }
  if ((q - to) & 2) q = word(q, 0);
  return <i32>(q - to);
}

function get(p: usize): i32 {
  return <i32>bswap<u16>(load<u16>(p));
}

/** Decodes; 16 bytes behind the code may be read, but do not matter. */
function decode<T>(bytes: i32, from: usize, shift: i32, most: i32, to: usize): i32 {
  const end = from + (bytes & ~1);
  let p = from;
  if (p + 2 > end) return BAD;
  const n = get(p);
  p += 2;
  if (n > most) return BAD;
  let q = to;
  let left = n;
  while (left > 0) {
    if (p + 6 > end) return BAD;
    const count = get(p);
    const mode = get(p + 2);
    const steps = mode > MODE_OFFSET;
    const bits = steps ? mode - MODE_OFFSET : mode;
    if (count == 0 || count > left || bits < 1 || bits > 16) return BAD;
    const first = <i32>(<i16>get(p + 4));
    p += 6;
    left -= count;
    let fields = count;
    let low = first;
    if (steps) {
      if (p + 2 > end) return BAD;
      low = <i32>(<i16>get(p));
      p += 2;
      store<T>(q, <T>(first - shift));
      q += sizeof<T>();
      fields--;
    }
    if (p + ((<usize>(fields * bits + 15) >> 4) << 1) > end) return BAD;
    const mask = (1 << bits) - 1;
    let rest: u64 = 0;
    let kept: u64 = 0;
    let source = p;
    if (steps) {
      let value = first;
      for (let i = 0; i < fields; i++) {
        if (kept < <u64>bits) {
          rest = (rest << 32) | <u64>bswap<u32>(load<u32>(source));
          source += 4;
          kept += 32;
        }
        kept -= bits;
        value = <i32>(<i16>(value + (<i32>(rest >> kept) & mask) + low));
        store<T>(q, <T>(value - shift));
        q += sizeof<T>();
      }
    } else {
      for (let i = 0; i < fields; i++) {
        if (kept < <u64>bits) {
          rest = (rest << 32) | <u64>bswap<u32>(load<u32>(source));
          source += 4;
          kept += 32;
        }
        kept -= bits;
        store<T>(q, <T>(<i32>(<i16>((<i32>(rest >> kept) & mask) + low)) - shift));
        q += sizeof<T>();
      }
    }
    p += (<usize>(fields * bits + 15) >> 4) << 1;
  }
  return n;
}

/**
 * Encodes n samples, `shift` added, with room for n 16-bit numbers at `scratch`; returns the bytes of the code, or less than
 * 0 when a sample does not fit into 16 bits. There must be room for 2 (n + 5 ceil(n / 48) + 4) bytes.
 */
export function radware_encode_i16(n: i32, from: usize, shift: i32, scratch: usize, to: usize): i32 {
  return encode<i16>(n, from, shift, scratch, to);
}

export function radware_encode_u16(n: i32, from: usize, shift: i32, scratch: usize, to: usize): i32 {
  return encode<u16>(n, from, shift, scratch, to);
}

export function radware_encode_i32(n: i32, from: usize, shift: i32, scratch: usize, to: usize): i32 {
  return encode<i32>(n, from, shift, scratch, to);
}

/** Decodes a code of so many bytes to at most `most` samples; returns their number, or less than 0 when it is damaged. */
export function radware_decode_i32(bytes: i32, from: usize, shift: i32, most: i32, to: usize): i32 {
  return decode<i32>(bytes, from, shift, most, to);
}

export function radware_decode_u16(bytes: i32, from: usize, shift: i32, most: i32, to: usize): i32 {
  return decode<u16>(bytes, from, shift, most, to);
}
