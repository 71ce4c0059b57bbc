const prefixes: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
  [1e-12, 'p'],
];

/** What stands where a number is not known. */
export const missing = '–';
const space = ' ';

function digits(value: number, significant: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(20, Math.max(0, significant - 1 - magnitude)));
}

/** `12.3 kHz`: three significant digits and the SI prefix that fits. */
export function si(value: number | null | undefined, unit: string, significant = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing;
  if (!Number.isFinite(value)) return `${value > 0 ? '∞' : '−∞'}${space}${unit}`;
  if (value === 0) return unit === '' ? '0' : `0${space}${unit}`;
  const rounded = Number(value.toPrecision(significant));
  const [factor, prefix] = siScale(rounded);
  const text = digits(rounded / factor, significant);
  return `${text}${prefix === '' && unit === '' ? '' : space}${prefix}${unit}`;
}

/** Size and letter of the SI prefix that suits a value; those of 1 for zero. */
export function siScale(value: number): readonly [number, string] {
  if (value === 0) return [1, ''];
  return prefixes.find(([size]) => Math.abs(value) >= size) ?? prefixes[prefixes.length - 1]!;
}

/** `1.5 GiB`: powers of 1024. */
export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let size = value;
  let index = 0;
  while (Math.abs(size) >= 1024 && index < units.length - 1) {
    size /= 1024;
    index += 1;
  }
  return `${index === 0 ? size.toFixed(0) : digits(size, 3)}${space}${units[index] ?? ''}`;
}

/** `12.3 %` of a share from 0 to 1. */
export function percent(share: number | null | undefined, decimals = 1): string {
  if (share === null || share === undefined || Number.isNaN(share)) return missing;
  return `${(share * 100).toFixed(decimals)}${space}%`;
}

/** A number as written by a person: grouped thousands for integers, up to six significant digits else. */
export function plain(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return group(value.toFixed(0));
  return String(Number(value.toPrecision(6)));
}

/** Thousands apart by a thin space: `1 234 567`. */
export function group(integerText: string): string {
  return integerText.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
}

/** A number with four significant digits, and with more where hundredths of the range or whole numbers would be lost. */
export function among(value: number, [low, high]: readonly [number, number]): string {
  const places = (size: number): number => (size > 0 ? Math.floor(Math.log10(size)) : 0);
  const whole = places(Math.abs(value)) + 1;
  const told = high > low ? whole + 1 - places(high - low) : whole;
  return String(Number(value.toPrecision(Math.min(15, Math.max(4, whole, told)))));
}
