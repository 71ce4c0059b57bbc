import type { PlistValue } from './plist.js';

/**
 * A property list as JSON in the form of existing raw files, which is that of Python: a blank behind commas and colons,
 * reals with a point or an exponent, everything beyond ASCII escaped; NaN and Infinity by name.
 */
export function plistJson(value: PlistValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return realText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Map) {
    const members = [...(value as ReadonlyMap<string, PlistValue>)];
    return `{${members.map(([key, member]) => `${quoted(key)}: ${plistJson(member)}`).join(', ')}}`;
  }
  return `[${(value as readonly PlistValue[]).map(plistJson).join(', ')}]`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The shortest text that reads back as the number; with an exponent below 1e-4 and from 1e16 on. */
function realText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 16)) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
