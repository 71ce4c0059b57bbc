const powers: Readonly<Record<string, number>> = { ps: -12, ns: -9, us: -6, µs: -6, μs: -6, ms: -3, s: 0 };

/** What a time in one unit is multiplied by to have it in another; 1 when either is not known. */
export function timeFactor(from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined) return 1;
  const [one, other] = [powers[from], powers[to]];
  return one === undefined || other === undefined ? 1 : 10 ** (one - other);
}
