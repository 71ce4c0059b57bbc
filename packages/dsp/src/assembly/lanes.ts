/**
 * The layout that every kernel works on: four waveforms side by side, [sample][lane]. Sample i of lane l lies at
 * (i * 4 + l) * sizeof<T>() bytes; a scalar per row is an array of one sample. One 128-bit vector holds all four
 * lanes of a 32-bit type, or one half (lanes 0-1 or 2-3) of a 64-bit type.
 */
export const LANES: i32 = 4;

/** Bytes from one sample to the next. */
export function stride<T>(): usize {
  return <usize>LANES * sizeof<T>();
}

/** How many vectors hold one sample of all lanes: 1 or 2. */
export function halves<T>(): i32 {
  return sizeof<T>() == 4 ? 1 : 2;
}

/** Two neighbouring lanes, in double. */
export function loadPair<T>(p: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(p)) : v128.load(p);
}

/** Two lanes of doubles, rounded to the element type. */
export function storePair<T>(p: usize, value: v128): void {
  if (sizeof<T>() == 4) v128.store64_lane(p, f32x4.demote_f64x2_zero(value), 0);
  else v128.store(p, value);
}

/** All lanes of doubles, two and two, rounded to the element type. */
export function storeQuad<T>(p: usize, low: v128, high: v128): void {
  if (sizeof<T>() == 4) {
    v128.store(p, floatsOf(low, high));
  } else {
    v128.store(p, low);
    v128.store(p, high, 16);
  }
}

/** All lanes of doubles, two and two, as floats. */
export function floatsOf(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** Two lanes of doubles from two numbers. */
export function pairOf(low: f64, high: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}

/** True when a scalar has one and the same value in all lanes (NaN counts as different). */
export function uniform<T>(p: usize): bool {
  const first = load<T>(p);
  for (let lane: usize = 1; lane < <usize>LANES; lane++) {
    if (load<T>(p + lane * sizeof<T>()) != first) return false;
  }
  return true;
}

/** One bit per lane from a comparison's result (of half h of the lanes for 64-bit types). */
export function laneBits<T>(compared: v128, half: i32): i32 {
  return sizeof<T>() == 4 ? i32x4.bitmask(compared) : i64x2.bitmask(compared) << (half * 2);
}

/** Bits of the lanes in which a vector is NaN. */
export function nanBits<T>(value: v128, half: i32): i32 {
  return laneBits<T>(v128.ne<T>(value, value), half);
}

/** Status word: lanes at fault, lanes whose output holds a NaN of the kernel's own making, number of the fault. */
export function status(faulty: i32, nan: i32, fault: i32): i32 {
  return faulty == 0 ? nan << 4 : (fault << 8) | (nan << 4) | faulty;
}
