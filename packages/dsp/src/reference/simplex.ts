/** A corner of the simplex with its cost. */
interface Corner {
  readonly at: readonly number[];
  readonly cost: number;
}

const mostSteps = 2000;
const precision = 1e-12;

/**
 * Smallest value of a function of a few parameters by the simplex of Nelder and Mead (Computer Journal 7, 308, 1965),
 * each parameter kept between 0 and its upper bound. Ends when the costs of all corners agree or are zero, or after
 * 2000 steps. Returns the best parameters.
 */
export function minimise(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  bounds: readonly number[],
): readonly number[] {
  const inside = (at: readonly number[]) => at.map((value, k) => Math.min(Math.max(value, 0), bounds[k]!));
  const corner = (at: readonly number[]): Corner => {
    const kept = inside(at);
    return { at: kept, cost: cost(kept) };
  };
  const first = corner(start);
  const corners = [
    first,
    ...start.map((value, k) => {
      const step = value === 0 ? 0.05 * bounds[k]! : 0.05 * value;
      const side = value + step > bounds[k]! ? -step : step;
      return corner(first.at.with(k, value + side));
    }),
  ];
  for (let step = 0; step < mostSteps; step += 1) {
    corners.sort((a, b) => a.cost - b.cost);
    const best = corners[0]!;
    const worst = corners.at(-1)!;
    if (best.cost === 0 || worst.cost - best.cost <= precision * first.cost) break;
    const others = corners.slice(0, -1);
    const centre = start.map((_, k) => others.reduce((sum, { at }) => sum + at[k]!, 0) / others.length);
    const along = (factor: number) =>
      corner(centre.map((value, k) => value + factor * (worst.at[k]! - value)));
    const mirrored = along(-1);
    if (mirrored.cost < best.cost) {
      const further = along(-2);
      corners[corners.length - 1] = further.cost < mirrored.cost ? further : mirrored;
      continue;
    }
    if (mirrored.cost < others.at(-1)!.cost) {
      corners[corners.length - 1] = mirrored;
      continue;
    }
    const nearer = along(mirrored.cost < worst.cost ? -0.5 : 0.5);
    if (nearer.cost < Math.min(worst.cost, mirrored.cost)) {
      corners[corners.length - 1] = nearer;
      continue;
    }
    for (let k = 1; k < corners.length; k += 1)
      corners[k] = corner(corners[k]!.at.map((value, j) => (value + best.at[j]!) / 2));
  }
  corners.sort((a, b) => a.cost - b.cost);
  return corners[0]!.at;
}
