import { LANES, stride } from './lanes';

/** Complex results as numpy has them where the waveform holds a NaN: NaN real parts, imaginary parts of 0. */
export function clearComplex<T>(m: i32, out: usize, lanes: i32): void {
  for (let l = 0; l < LANES; l++) {
    if ((lanes & (1 << l)) == 0) continue;
    for (let k = 0; k < m; k++) {
      const at = out + 2 * <usize>k * stride<T>() + <usize>l * sizeof<T>();
      store<T>(at, <T>NaN);
      store<T>(at + stride<T>(), 0);
    }
  }
}
