import { niceScale, timeDivisions } from './vertical';

type Range = readonly [number, number];

/** Part of a record that is looked at after a key: + and − by a factor of two, arrows by a tenth; null for other keys. */
export function rangeAfter(key: string, range: Range, whole: Range): Range | null {
  const [from, to] = range;
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  switch (key) {
    case '+':
      return [middle - half / 2, middle + half / 2];
    case '-':
      return within([middle - 2 * half, middle + 2 * half], whole);
    case 'ArrowLeft':
      return within([from - half / 5, to - half / 5], whole);
    case 'ArrowRight':
      return within([from + half / 5, to + half / 5], whole);
    default:
      return null;
  }
}

/** A range of the same length inside of the whole; the whole when it is longer. */
export function within([from, to]: Range, [first, last]: Range): Range {
  if (to - from >= last - first) return [first, last];
  const shift = from < first ? first - from : to > last ? last - to : 0;
  return [from + shift, to + shift];
}

/** A range of so much time per division around the middle of another. */
export function rangeOf(perDivision: number, [from, to]: Range, whole: Range): Range {
  const half = (perDivision * timeDivisions) / 2;
  const middle = (from + to) / 2;
  return within([middle - half, middle + half], whole);
}

/** Times per division that a record can be looked at with, long ones first, ns. */
export function timeScales([first, last]: Range): readonly number[] {
  const scales: number[] = [];
  let scale = niceScale((last - first) / timeDivisions / 2);
  while (scales.length < 9 && scale * timeDivisions >= 10) {
    scales.push(scale);
    scale = niceScale(scale / 2.5);
  }
  return scales;
}
