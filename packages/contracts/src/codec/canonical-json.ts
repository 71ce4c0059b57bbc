import canonicalizeModule from 'canonicalize';

// The library is CommonJS whose types claim a default export.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** Values that have a canonical JSON form: plain data without bigint, NaN, infinity, functions or cycles. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * The one text of a value after RFC 8785 (keys sorted by UTF-16 code units, shortest numbers, no white space):
 * equal values give equal texts, so hashes of it can be compared. `undefined` members are left out.
 * Throws a TypeError naming the path of a value that JSON cannot carry.
 */
export function canonicalJson(value: JsonValue): string {
  refuseForeign(value, '$');
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value of undefined has no canonical JSON');
  return text;
}

function refuseForeign(value: unknown, path: string): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`${path} is a ${typeof value}, which JSON cannot carry`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${path} is ${String(value)}, which JSON cannot carry`);
  }
  if (Array.isArray(value)) value.forEach((item, index) => refuseForeign(item, `${path}[${String(index)}]`));
  else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) refuseForeign(item, `${path}.${key}`);
  }
}
