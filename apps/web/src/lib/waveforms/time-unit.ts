const powers: Readonly<Record<string, number>> = { ps: -12, ns: -9, us: -6, µs: -6, μs: -6, ms: -3, s: 0 };

/** What a value in one unit of time is multiplied by to have it in another; null when one of them is no unit of time. */
export function timeFactor(from: string | null, to: string | null): number | null {
  const [one, other] = [powers[from ?? ''], powers[to ?? '']];
  return one === undefined || other === undefined ? null : 10 ** (one - other);
}
