import { halves, LANES, stride } from './lanes';

/** Samples [from, from + length) less the first one of their lane, zeros outside the waveform and in lanes of `bad`. */
export function take<T>(n: i32, x: usize, from: i32, length: i32, bad: i32, data: usize): void {
  for (let l: usize = 0; l < <usize>LANES; l += 16 / sizeof<T>()) {
    const at = l * sizeof<T>();
    const begin = max(from, 0);
    const end = min(from + length, n);
    const before = <usize>(begin - from) * stride<T>();
    memory.fill(data, 0, before);
    memory.fill(
      data + <usize>max(end - from, 0) * stride<T>(),
      0,
      <usize>(length - max(end - from, 0)) * stride<T>(),
    );
    if (ASC_FEATURE_SIMD) {
      const base = v128.load(x + at);
      let p = x + at + <usize>begin * stride<T>();
      let q = data + at + before;
      for (let i = begin; i < end; i++) {
        v128.store(q, v128.sub<T>(v128.load(p), base));
        p += stride<T>();
        q += stride<T>();
      }
    } else {
      for (let k = at; k < at + 16; k += sizeof<T>()) {
        const base = load<T>(x + k);
        for (let i = begin; i < end; i++) {
          const value = <T>(load<T>(x + k + <usize>i * stride<T>()) - base);
          store<T>(data + k + before + <usize>(i - begin) * stride<T>(), value);
        }
      }
    }
  }
  for (let l = 0; l < LANES; l++) {
    if ((bad & (1 << l)) == 0) continue;
    for (let i: usize = 0; i < <usize>length; i++)
      store<T>(data + i * stride<T>() + <usize>l * sizeof<T>(), 0);
  }
}

/** Results of one piece, the share of the first sample added again. */
export function put<T>(count: i32, data: usize, x: usize, sums: usize, y: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      const base = v128.load(x + h * 16);
      let p = data + h * 16;
      let q = y + h * 16;
      for (let i: usize = 0; i < <usize>count; i++) {
        const sum = sizeof<T>() == 4 ? v128.load32_splat(sums + i * 4) : v128.load64_splat(sums + i * 8);
        v128.store(q, v128.add<T>(v128.load(p), v128.mul<T>(base, sum)));
        p += stride<T>();
        q += stride<T>();
      }
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      const base = load<T>(x + at);
      for (let i: usize = 0; i < <usize>count; i++) {
        const own = <T>(base * load<T>(sums + i * sizeof<T>()));
        store<T>(y + at + i * stride<T>(), <T>(load<T>(data + at + i * stride<T>()) + own));
      }
    }
  }
}
