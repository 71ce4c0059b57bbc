class Choice {
  @inline
  static choose<T extends number>(
    n: i32,
    test: usize,
    stepTest: usize,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    const end = out + <usize>n * sizeof<T>();
    for (; out < end; out += sizeof<T>(), test += stepTest, a += stepA, b += stepB) {
      store<T>(out, select<T>(load<T>(a), load<T>(b), load<u8>(test) != 0));
    }
  }
}

/** out[i] = test[i] ? a[i] : b[i] for n values of 1 byte; steps are in bytes, 0 for a constant. */
export function choose_1(
  n: i32,
  test: usize,
  stepTest: usize,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Choice.choose<u8>(n, test, stepTest, a, stepA, b, stepB, out);
}

/** As {@link choose_1}, values of 4 bytes. */
export function choose_4(
  n: i32,
  test: usize,
  stepTest: usize,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Choice.choose<i32>(n, test, stepTest, a, stepA, b, stepB, out);
}

/** As {@link choose_1}, values of 8 bytes. */
export function choose_8(
  n: i32,
  test: usize,
  stepTest: usize,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Choice.choose<i64>(n, test, stepTest, a, stepA, b, stepB, out);
}
