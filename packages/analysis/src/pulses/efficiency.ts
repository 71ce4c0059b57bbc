/** Efficiency of a panel from events that others tag. */
export interface Efficiency {
  /** Events in which every tag has a pulse, and those of them in which the probe has one as well. */
  readonly tagged: number;
  readonly found: number;
  /** found / tagged and its binomial uncertainty √(e(1−e)/N); NaN without tagged events. */
  readonly value: number;
  readonly error: number;
}

/**
 * Tag and probe: how often the probe has a pulse above the cut when every tag has one. Veto channels must have none.
 * Heights are per event, NaN (or 0) without a pulse. (Specification: picoDAQ, chapter 5.4.)
 */
export function efficiency(
  probe: ArrayLike<number>,
  tags: readonly ArrayLike<number>[],
  cut: number,
  vetoes: readonly ArrayLike<number>[] = [],
): Efficiency {
  let [tagged, found] = [0, 0];
  for (let i = 0; i < probe.length; i++) {
    if (!tags.every((tag) => tag[i]! > cut) || vetoes.some((veto) => veto[i]! > cut)) continue;
    tagged += 1;
    if (probe[i]! > cut) found += 1;
  }
  const value = found / tagged;
  return { tagged, found, value, error: Math.sqrt((value * (1 - value)) / tagged) };
}

/** Rate of particles through two panels of equal efficiency, from the rate of coincidences. */
export function rateOfTwoPanels(twofold: number, efficiencyOfOne: number): number {
  return twofold / efficiencyOfOne ** 2;
}

/** Rate of particles through three panels of equal efficiency, from the rates of two- and threefold coincidences. */
export function rateOfThreePanels(twofold: number, threefold: number, efficiencyOfOne: number): number {
  return (twofold + threefold) / (2 * efficiencyOfOne ** 2 - efficiencyOfOne ** 3);
}
