const seconds: Readonly<Record<string, number>> = {
  ps: 1e-12,
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
};

/** What a time in one unit is multiplied by to have it in another; 1 when either is not known. */
export function timeFactor(from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined || from === to) return 1;
  const [one, other] = [seconds[from], seconds[to]];
  return one === undefined || other === undefined ? 1 : one / other;
}
