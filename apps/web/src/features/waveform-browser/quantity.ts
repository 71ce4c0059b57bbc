import { timeFactor } from '../../lib/waveforms/time-unit';

type Range = readonly [number, number];

const form = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*\*?\s*([A-Za-zµμ/]*)\s*$/;

/**
 * A limit of an axis, as a number in `unit` or with a unit of its own: `10`, `10*us`, `10 us`. A text says what is wrong with it.
 */
export function parseLimit(text: string, unit: string): number | string {
  const found = form.exec(text);
  if (found === null) return `${text.trim()} is no number with a unit, such as 10*us`;
  const [, digits = '', own = ''] = found;
  const value = Number(digits);
  if (own === '' || own === unit) return value;
  const factor = timeFactor(own, unit);
  return factor === null ? `${own} cannot be turned into ${unit === '' ? 'a number' : unit}` : value * factor;
}

/** `0, 20*us` or `0 to 20*us`: the ends of an axis; null for an empty text. */
export function parseLimits(text: string, unit: string): Range | string | null {
  if (text.trim() === '') return null;
  const [first, second, ...more] = text.split(/,|\bto\b/);
  if (first === undefined || second === undefined || more.length > 0)
    return 'give two limits with a comma between them: 0, 20*us';
  const [low, high] = [parseLimit(first, unit), parseLimit(second, unit)];
  if (typeof low === 'string') return low;
  if (typeof high === 'string') return high;
  return low < high ? [low, high] : 'the second limit must be above the first';
}

/** Limits as they are written into the field. */
export function limitsText(range: Range | null, unit: string): string {
  if (range === null) return '';
  const after = unit === '' || unit === 'sample' ? '' : `*${unit}`;
  return range.map((value) => `${Number(value.toPrecision(7))}${after}`).join(', ');
}
