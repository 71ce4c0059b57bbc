import type { Json } from '../../lib/form/schema-node';

/** `waveform 1000 2000 short` of a window. */
export function windowText(step: Json | undefined): string {
  return Array.isArray(step) ? step.map(String).join(' ') : '';
}

/** A window as it is written in a line; what is no number stays a word, for the server to complain about. Undefined for an empty line. */
export function windowOf(text: string): Json | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return words.map((word, index) =>
    (index === 1 || index === 2) && /^[+-]?\d+$/.test(word) ? Number(word) : word,
  );
}

/** `a: float32, b: int64` of an object of texts. */
export function pairsText(step: Json | undefined): string {
  if (typeof step !== 'object' || step === null || Array.isArray(step)) return '';
  return Object.entries(step)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** An object of texts as it is written in a line; commas inside of brackets belong to the text. Undefined for an empty line. */
export function pairsOf(text: string): Json | undefined {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  const pairs = parts
    .filter((part) => part !== '')
    .map((part): readonly [string, string] => {
      const colon = part.indexOf(':');
      return colon < 0 ? [part, ''] : [part.slice(0, colon).trim(), part.slice(colon + 1).trim()];
    });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
