/** Pseudo-random numbers between 0 and 1, both excluded, the same in every run (a linear congruential generator of 48 bits). */
export function uniformNumbers(seed: bigint): () => number {
  let state = seed;
  return () => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn;
    return (Number(state) + 0.5) / 2 ** 48;
  };
}

/** Normally distributed numbers with mean 0 and standard deviation 1, made of uniform ones. */
export function normalNumbers(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
