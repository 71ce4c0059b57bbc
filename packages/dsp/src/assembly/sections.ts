import { LANES, loadPair, status, stride, uniform } from './lanes';
import { heldOf, runSections, SECTION, STATE } from './second-order';

/** Samples that go through all sections before the next ones do (the specification reserves memory for them). */
const STRIP: i32 = 128;

/** What is known of a section's zeros, as the number of the type that stands for it. */
function kindOf(c1: f64, c2: f64): i32 {
  if (c2 == 1) return c1 == 2 ? 0 : c1 == -2 ? 1 : 3;
  if (c2 == 0) return 5;
  return c1 == 0 && c2 == -1 ? 2 : 4;
}

function kindAt(section: usize): i32 {
  return kindOf(load<f64>(section), load<f64>(section, 8));
}

/** What has been held of samples that were all alike. */
function heldBefore(kind: i32, level: v128): v128 {
  return kind == 0 ? heldOf<u8>(level, level) : kind == 1 ? heldOf<u16>(level, level) : level;
}

/** One section (S is u8) or two (u16) with zeros of a kind. */
function run<I, O, G, S>(
  kind: i32,
  n: i32,
  x: usize,
  y: usize,
  gain: f64,
  section: usize,
  state: usize,
): void {
  switch (kind) {
    case 0:
      runSections<u8, I, O, G, S>(n, x, y, gain, section, state);
      break;
    case 1:
      runSections<u16, I, O, G, S>(n, x, y, gain, section, state);
      break;
    case 2:
      runSections<u32, I, O, G, S>(n, x, y, gain, section, state);
      break;
    case 3:
      runSections<u64, I, O, G, S>(n, x, y, gain, section, state);
      break;
    case 5:
      runSections<i8, I, O, G, S>(n, x, y, gain, section, state);
      break;
    default:
      runSections<v128, I, O, G, S>(n, x, y, gain, section, state);
  }
}

/** Bits of the lanes whose newest result is NaN. */
function nanResults(result: usize): i32 {
  const low = v128.load(result);
  const high = v128.load(result, 16);
  return i64x2.bitmask(f64x2.ne(low, low)) | (i64x2.bitmask(f64x2.ne(high, high)) << 2);
}

function setPair(to: usize, low: v128, high: v128): void {
  v128.store(to, low);
  v128.store(to, high, 16);
}

/**
 * One section whose samples before the waveform, and results before it, are all alike (four doubles each at `before`). `memory`:
 * room for one section and its state. Bits of the lanes that end with NaN.
 */
export function runOneSection<T>(
  n: i32,
  x: usize,
  y: usize,
  gain: f64,
  c1: f64,
  c2: f64,
  b1: f64,
  b2: f64,
  before: usize,
  memory: usize,
): i32 {
  const kind = kindOf(c1, c2);
  const state = memory + SECTION;
  const factor = f64x2.splat(gain);
  const low = f64x2.mul(v128.load(before), factor);
  const high = f64x2.mul(v128.load(before, 16), factor);
  store<f64>(memory, c1);
  store<f64>(memory, c2, 8);
  store<f64>(memory, b1, 16);
  store<f64>(memory, b2, 24);
  setPair(state, low, high);
  setPair(state + 32, heldBefore(kind, low), heldBefore(kind, high));
  setPair(state + 64, v128.load(before, 32), v128.load(before, 48));
  setPair(state + 96, v128.load(before, 32), v128.load(before, 48));
  run<T, T, u8, u8>(kind, n, x, y, gain, memory, state);
  return nanResults(state + 64);
}

/** What a section makes of a constant: a factor. */
function settledGain(section: usize): v128 {
  const fromSamples = 1 + load<f64>(section) + load<f64>(section, 8);
  return f64x2.splat(fromSamples / (1 + load<f64>(section, 16) + load<f64>(section, 24)));
}

/** States of all sections, two and two, when the first sample has been there for ever. */
function settle<T>(count: i32, x: usize, gain: f64, table: usize, states: usize): void {
  let low = f64x2.mul(loadPair<T>(x), f64x2.splat(gain));
  let high = f64x2.mul(loadPair<T>(x + 2 * sizeof<T>()), f64x2.splat(gain));
  for (let k = 0; k < count; k++) {
    const section = table + <usize>k * SECTION;
    const state = states + <usize>(k / 2) * STATE;
    const isSecond = (k & 1) != 0;
    const kind = isSecond || k + 1 < count ? kindOfTwo(table + <usize>(k & ~1) * SECTION) : kindAt(section);
    if (!isSecond) setPair(state, low, high);
    setPair(state + (isSecond ? 128 : 32), heldBefore(kind, low), heldBefore(kind, high));
    low = f64x2.mul(low, settledGain(section));
    high = f64x2.mul(high, settledGain(section));
    setPair(state + (isSecond ? 160 : 64), low, high);
    setPair(state + (isSecond ? 192 : 96), low, high);
  }
}

/** What is known of two sections alike. */
function kindOfTwo(section: usize): i32 {
  const kind = kindAt(section);
  const next = kindAt(section + SECTION);
  if (kind == next) return kind;
  return load<f64>(section, 8) == 1 && load<f64>(section + SECTION, 8) == 1 ? 3 : 4;
}

/** All sections, two and two, the last alone where their number is odd. */
function runAll<T>(
  count: i32,
  n: i32,
  x: usize,
  y: usize,
  gain: f64,
  table: usize,
  states: usize,
  strip: usize,
): void {
  if (count == 1) run<T, T, u8, u8>(kindAt(table), n, x, y, gain, table, states);
  else if (count == 2) run<T, T, u8, u16>(kindOfTwo(table), n, x, y, gain, table, states);
  else {
    for (let i = 0; i < n; i += STRIP) {
      const length = min(STRIP, n - i);
      const to = y + <usize>i * stride<T>();
      let section = table;
      let state = states;
      run<T, f64, u8, u16>(
        kindOfTwo(section),
        length,
        x + <usize>i * stride<T>(),
        strip,
        gain,
        section,
        state,
      );
      for (let left = count - 2; left > 0; left -= 2) {
        section += 2 * SECTION;
        state += STATE;
        if (left == 1) run<f64, T, u16, u8>(kindAt(section), length, strip, to, 1, section, state);
        else if (left == 2) run<f64, T, u16, u16>(kindOfTwo(section), length, strip, to, 1, section, state);
        else run<f64, f64, u16, u16>(kindOfTwo(section), length, strip, strip, 1, section, state);
      }
    }
  }
}

/**
 * One lane as it is defined; true when the last result is NaN. Its numbers of sections lie four doubles apart. `past`: the two
 * newest samples of every section and of the result.
 */
function lane<T>(n: i32, count: i32, x: usize, sections: usize, gain: f64, y: usize, past: usize): bool {
  let level = n > 0 ? gain * <f64>load<T>(x) : 0;
  for (let k: usize = 0; k <= <usize>count; k++) {
    store<f64>(past + k * 16, level);
    store<f64>(past + k * 16, level, 8);
    if (k == <usize>count) break;
    const own = sections + k * 128;
    level *= (1 + load<f64>(own) + load<f64>(own, 32)) / (1 + load<f64>(own, 64) + load<f64>(own, 96));
  }
  let value = 0.0;
  for (let i = 0; i < n; i++) {
    value = gain * <f64>load<T>(x + <usize>i * stride<T>());
    let at = past;
    for (let own = sections; own < sections + <usize>count * 128; own += 128) {
      const sum = value + load<f64>(own) * load<f64>(at) + load<f64>(own, 32) * load<f64>(at, 8);
      store<f64>(at, load<f64>(at), 8);
      store<f64>(at, value);
      at += 16;
      value = sum - load<f64>(own, 96) * load<f64>(at, 8) - load<f64>(own, 64) * load<f64>(at);
    }
    store<f64>(at, load<f64>(at), 8);
    store<f64>(at, value);
    store<T>(y + <usize>i * stride<T>(), <T>value);
  }
  return value != value;
}

/** Copies the sections of the first lane close together; false when lanes have different ones, or different gains. */
function gather(m: i32, sections: usize, gain: usize, table: usize): bool {
  let alike = uniform<f64>(gain);
  for (let j: usize = 0; j < <usize>m; j++) {
    alike = alike && uniform<f64>(sections + j * 32);
    store<f64>(table + j * 8, load<f64>(sections + j * 32));
  }
  return alike;
}

export function settled_sections<F>(
  n: i32,
  m: i32,
  x: usize,
  sections: usize,
  gain: usize,
  y: usize,
  scratch: usize,
): i32 {
  const count = m / 4;
  if (ASC_FEATURE_SIMD) {
    const strip = scratch;
    const table = strip + <usize>STRIP * 32;
    const states = table + <usize>count * SECTION;
    if (n > 0 && gather(m, sections, gain, table)) {
      const factor = load<f64>(gain);
      settle<F>(count, x, factor, table, states);
      runAll<F>(count, n, x, y, factor, table, states, strip);
      const last = states + <usize>((count - 1) / 2) * STATE + ((count & 1) == 0 ? 160 : 64);
      return status(0, nanResults(last), 0);
    }
  }
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const own = <usize>l * 8;
    if (lane<F>(n, count, x + at, sections + own, load<f64>(gain + own), y + at, scratch)) nan |= 1 << l;
  }
  return status(0, nan, 0);
}
