import type { UrlCodec } from '../../lib/url/url-state';

/** Height of the screen in divisions, and its width. */
export const divisions = 8;
export const timeDivisions = 10;

/** How a channel stands on the screen: division = (value + offset) / perDivision. */
export interface Vertical {
  readonly perDivision: number;
  readonly offset: number;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is not below `least`. */
export function niceScale(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const decade = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const step = [1, 2, 5, 10].find((each) => each * decade >= least * (1 - 1e-9)) ?? 10;
  return Number((step * decade).toPrecision(1));
}

/** Choices of 1, 2, 5 × 10ⁿ around a scale, three decades down and two up, small ones first. */
export function scaleChoices(around: number): readonly number[] {
  const decade = Math.floor(Math.log10(around) + 1e-9);
  return [-3, -2, -1, 0, 1, 2].flatMap((by) =>
    [1, 2, 5].map((step) => Number((step * 10 ** (decade + by)).toPrecision(1))),
  );
}

/** A view in which `low` to `high` fills at most six of the eight divisions, its middle on a division. */
export function viewOf(low: number, high: number): Vertical {
  const perDivision = niceScale((high - low) / (divisions - 2));
  const middle = (low + high) / 2;
  // Minus zero would stand in a field as "-0".
  return { perDivision, offset: -Math.round(middle / perDivision) * perDivision + 0 };
}

/**
 * Views of channels that nobody has set: they grow with the signal and never shrink while it is there, so that pulses of
 * different heights do not make the picture jump.
 */
export class AutoViews {
  private readonly seen = new Map<string, { low: number; high: number; view: Vertical }>();

  /** The view of a channel after these values were seen as well. */
  of(key: string, values: Float64Array): Vertical {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const known = this.seen.get(key);
    if (known !== undefined && !(low < known.low || high > known.high)) return known.view;
    const wide = {
      low: Math.min(low, known?.low ?? low),
      high: Math.max(high, known?.high ?? high),
    };
    const fits = known !== undefined && isInside(wide, known.view);
    const view = fits ? known.view : viewOf(wide.low, wide.high);
    this.seen.set(key, { ...wide, view });
    return view;
  }

  clear(): void {
    this.seen.clear();
  }
}

function isInside({ low, high }: { low: number; high: number }, view: Vertical): boolean {
  const half = divisions / 2 - 0.25;
  return toDivision(low, view) >= -half && toDivision(high, view) <= half;
}

export function toDivision(value: number, { perDivision, offset }: Vertical): number {
  return (value + offset) / perDivision;
}

export function fromDivision(division: number, { perDivision, offset }: Vertical): number {
  return division * perDivision - offset;
}

/** Views that a person has set, by channel: `scope/0:0.05:0.1`, separated by commas. */
export const viewsCodec: UrlCodec<ReadonlyMap<string, Vertical>> = {
  read: (text) => {
    const views = (text ?? '').split(',').flatMap((part): [string, Vertical][] => {
      const [key = '', perDivision, offset] = part.split(':');
      const view = { perDivision: Number(perDivision), offset: Number(offset) };
      return key !== '' && view.perDivision > 0 && Number.isFinite(view.offset)
        ? [[decodeURIComponent(key), view]]
        : [];
    });
    return new Map(views);
  },
  write: (views) =>
    views.size === 0
      ? null
      : [...views]
          .map(([key, view]) => `${encodeURIComponent(key)}:${view.perDivision}:${view.offset}`)
          .join(','),
};
