/** A parameter of a fit. */
export interface Parameter {
  readonly name: string;
  readonly start: number;
  /** First step; a tenth of the start value (or of 1) when absent. */
  readonly step?: number;
  /** Smallest and largest value; no limit when absent. */
  readonly lower?: number;
  readonly upper?: number;
  /** Kept at its start value. */
  readonly fixed?: boolean;
}

/**
 * Parameters between limits seen as free ones (F. James, MINUIT reference manual, chapter 1.3): two limits by
 * x = a + (b − a)/2·(sin u + 1), one limit by x = a − 1 + √(u² + 1).
 */
export interface FreeParameters {
  /** Start values and first steps of the free variables. */
  readonly start: readonly number[];
  readonly steps: readonly number[];
  /** The values of all parameters, fixed ones too, for free variables. */
  values(free: readonly number[]): number[];
  /** Places of the free parameters among all. */
  readonly places: readonly number[];
}

/** Makes free variables of the parameters that are not fixed. Throws a RangeError for start values outside limits. */
export function freeParameters(parameters: readonly Parameter[]): FreeParameters {
  for (const { name, start, lower = -Infinity, upper = Infinity } of parameters) {
    if (!(start >= lower && start <= upper)) {
      throw new RangeError(`${name} starts at ${start}, outside of its limits ${lower} to ${upper}`);
    }
  }
  const places = parameters.flatMap(({ fixed }, place) => (fixed === true ? [] : [place]));
  const start = places.map((place) => toFree(parameters[place]!.start, parameters[place]!));
  const steps = places.map((place, i) => {
    const parameter = parameters[place]!;
    const step = parameter.step ?? 0.1 * (Math.abs(parameter.start) || 1);
    const { lower = -Infinity, upper = Infinity } = parameter;
    const inside =
      parameter.start + step <= upper ? parameter.start + step : Math.max(lower, parameter.start - step);
    return Math.abs(toFree(inside, parameter) - start[i]!) || 0.1;
  });
  return {
    start,
    steps,
    places,
    values: (free) => {
      const all = parameters.map((parameter) => parameter.start);
      places.forEach((place, i) => (all[place] = fromFree(free[i]!, parameters[place]!)));
      return all;
    },
  };
}

function toFree(x: number, { lower, upper }: Parameter): number {
  if (lower !== undefined && upper !== undefined) {
    return Math.asin(Math.min(1, Math.max(-1, (2 * (x - lower)) / (upper - lower) - 1)));
  }
  if (lower !== undefined) return Math.sqrt((x - lower + 1) ** 2 - 1);
  if (upper !== undefined) return Math.sqrt((upper - x + 1) ** 2 - 1);
  return x;
}

function fromFree(u: number, { lower, upper }: Parameter): number {
  if (lower !== undefined && upper !== undefined) return lower + ((upper - lower) / 2) * (Math.sin(u) + 1);
  if (lower !== undefined) return lower - 1 + Math.sqrt(u * u + 1);
  if (upper !== undefined) return upper + 1 - Math.sqrt(u * u + 1);
  return u;
}
