import { DecodeError } from '../core/errors.js';

/** Values that a text may name. */
export type Variables = Readonly<Record<string, string | number | undefined>>;

const placeholder = /\{\{|\}\}|\{([^{}]*)\}/g;

/** True when a text holds `{name}` or `{name:format}`. */
export function mentions(text: string, name: string): boolean {
  return [...text.matchAll(placeholder)].some((match) => match[1]?.split(':')[0] === name);
}

/**
 * Fills `{name}` and `{name:format}` in a text, then `$NAME` and `${NAME}` from `environment` (unknown ones stay as
 * they are). Formats are Python's for numbers and texts: fill and alignment (`<`, `>`, `^`, `=`), `0`, width, and
 * the types `d`, `s`, `x`, `X`, `o`, `b`. `{{` and `}}` stand for braces. Throws DecodeError naming variable and place.
 */
export function formatText(
  text: string,
  variables: Variables,
  place: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): string {
  const filled = text.replace(placeholder, (whole, inner: string | undefined) => {
    if (inner === undefined) return whole[0]!;
    const colon = inner.indexOf(':');
    const name = colon < 0 ? inner : inner.slice(0, colon);
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined) {
      const known = Object.keys(variables).join(', ') || 'none';
      throw new DecodeError(
        place,
        `the variable '${name}' is not defined`,
        `pass it along; defined here: ${known}`,
      );
    }
    return colon < 0 ? String(value) : formatValue(value, inner.slice(colon + 1), place);
  });
  return filled.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    return environment[braced ?? bare ?? ''] ?? whole;
  });
}

const formatSpec = /^(?:(.?)([<>^=]))?(0?)(\d*)([dsxXob]?)$/su;
const bases: Readonly<Record<string, number>> = { d: 10, x: 16, X: 16, o: 8, b: 2 };

function formatValue(value: string | number, spec: string, place: string): string {
  const [, fill, align, zero, width, type] = formatSpec.exec(spec) ?? [];
  if (zero === undefined) {
    throw new DecodeError(place, `'${spec}' is no format`, 'write for example 07d, 0>3d or >5s');
  }
  const number = typeof value === 'number';
  if (type !== '' && number === (type === 's')) {
    throw new DecodeError(
      place,
      `the format '${spec}' does not fit '${value}'`,
      'use d for numbers and s for texts',
    );
  }
  let body = number ? Math.abs(value).toString(bases[type ?? ''] ?? 10) : value;
  if (type === 'X') body = body.toUpperCase();
  const sign = number && value < 0 ? '-' : '';
  const side = align ?? (zero === '0' && number ? '=' : number ? '>' : '<');
  const pad = (fill ?? '') === '' ? (zero === '0' ? '0' : ' ') : fill!;
  const missing = Math.max(0, Number(width) - sign.length - body.length);
  if (side === '=') return sign + pad.repeat(missing) + body;
  if (side === '<') return sign + body + pad.repeat(missing);
  const left = side === '^' ? missing >> 1 : missing;
  return pad.repeat(left) + sign + body + pad.repeat(missing - left);
}
