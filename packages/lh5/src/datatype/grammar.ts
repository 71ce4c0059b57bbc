import { Lh5Error } from '../errors.js';

/** Names of the scalar datatypes. */
export const scalarNames = ['real', 'bool', 'complex', 'string', 'symbol', 'blob'] as const;

/** A scalar datatype, which is also the usual element of arrays. */
export type ScalarName = (typeof scalarNames)[number];

/** Element of an array: a scalar kind, an enumeration, a detector id, or an array again. */
export type Element =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'detectorid' }
  | { readonly kind: 'enum'; readonly members: ReadonlyMap<string, bigint> }
  | { readonly kind: 'array'; readonly rank: number; readonly element: Element }
  | { readonly kind: 'encoded'; readonly rank: number; readonly element: Element };

/** A datatype attribute, taken apart. `encoded-vov` and `vov` are arrays of rank 1 over (encoded) arrays of rank 1. */
export type Datatype =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'array'; readonly rank: number; readonly element: Element }
  | { readonly kind: 'fixedsize'; readonly rank: number; readonly element: Element }
  | { readonly kind: 'aoesa'; readonly outer: number; readonly inner: number; readonly element: Element }
  | { readonly kind: 'vov'; readonly element: Element }
  | { readonly kind: 'encoded-vov'; readonly element: Element }
  | {
      readonly kind: 'encoded-aoesa';
      readonly outer: number;
      readonly inner: number;
      readonly element: Element;
    }
  | { readonly kind: 'struct'; readonly fields: readonly string[] }
  | { readonly kind: 'table'; readonly fields: readonly string[] };

class Cursor {
  position = 0;
  constructor(readonly text: string) {}

  fail(expected: string): never {
    throw new Lh5Error(
      'datatype-invalid',
      `the datatype "${this.text}" is not understood at character ${this.position + 1}: expected ${expected}`,
    );
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail(`"${token}"`);
  }

  match(pattern: RegExp, expected: string): string {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = this.position;
    const found = sticky.exec(this.text)?.[0];
    if (found === undefined || found === '') return this.fail(expected);
    this.position += found.length;
    return found;
  }

  rank(): number {
    const value = Number(this.match(/[0-9]+/, 'a number of axes'));
    return Number.isSafeInteger(value) && value >= 1 && value <= 32
      ? value
      : this.fail('a number of axes from 1 to 32');
  }
}

function scalarName(cursor: Cursor): ScalarName | undefined {
  return scalarNames.find((name) => cursor.take(name));
}

function enumMembers(cursor: Cursor): Map<string, bigint> {
  const members = new Map<string, bigint>();
  do {
    const name = cursor.match(/[^,={}]+/, 'a name');
    cursor.expect('=');
    members.set(name, BigInt(cursor.match(/-?[0-9]+/, 'an integer')));
  } while (cursor.take(','));
  cursor.expect('}');
  return members;
}

function wrappedElement(cursor: Cursor): Element {
  cursor.expect('>{');
  const element = parseElement(cursor);
  cursor.expect('}');
  return element;
}

function parseElement(cursor: Cursor): Element {
  if (cursor.take('enum{')) return { kind: 'enum', members: enumMembers(cursor) };
  if (cursor.take('detectorid')) return { kind: 'detectorid' };
  if (cursor.take('encoded_array<'))
    return { kind: 'encoded', rank: cursor.rank(), element: wrappedElement(cursor) };
  if (cursor.take('array<')) return { kind: 'array', rank: cursor.rank(), element: wrappedElement(cursor) };
  const name = scalarName(cursor);
  return name === undefined
    ? cursor.fail('an element kind such as real, bool, string or array<1>{…}')
    : { kind: 'scalar', name };
}

function fields(cursor: Cursor): string[] {
  const names: string[] = [];
  if (cursor.take('}')) return names;
  do {
    names.push(cursor.match(/[^,{}/]+/, 'a field name'));
  } while (cursor.take(','));
  cursor.expect('}');
  if (new Set(names).size !== names.length) cursor.fail('every field only once');
  return names;
}

function parseArray(cursor: Cursor): Datatype {
  const rank = cursor.rank();
  if (cursor.take(',')) {
    const inner = cursor.rank();
    return { kind: 'aoesa', outer: rank, inner, element: wrappedElement(cursor) };
  }
  const element = wrappedElement(cursor);
  if (rank === 1 && element.kind === 'array' && element.rank === 1)
    return { kind: 'vov', element: element.element };
  if (rank === 1 && element.kind === 'encoded' && element.rank === 1)
    return { kind: 'encoded-vov', element: element.element };
  return { kind: 'array', rank, element };
}

function parseAny(cursor: Cursor): Datatype {
  if (cursor.take('table{')) return { kind: 'table', fields: fields(cursor) };
  if (cursor.take('struct{')) return { kind: 'struct', fields: fields(cursor) };
  if (cursor.take('array<')) return parseArray(cursor);
  if (cursor.take('fixedsize_array<')) {
    return { kind: 'fixedsize', rank: cursor.rank(), element: wrappedElement(cursor) };
  }
  for (const kind of ['aoesa', 'encoded-aoesa'] as const) {
    const word = kind === 'aoesa' ? 'array_of_equalsized_arrays<' : 'array_of_encoded_equalsized_arrays<';
    if (!cursor.take(word)) continue;
    const outer = cursor.rank();
    cursor.expect(',');
    return { kind, outer, inner: cursor.rank(), element: wrappedElement(cursor) };
  }
  const name = scalarName(cursor);
  return name === undefined ? cursor.fail('a datatype') : { kind: 'scalar', name };
}

/**
 * Takes a datatype attribute apart. Fields may come in any order and keep it; the short form `array<1,1>{…}` of arrays
 * of equal-sized arrays is accepted. Throws an `Lh5Error` (`datatype-invalid`) that says what was expected where.
 */
export function parseDatatype(text: string): Datatype {
  const cursor = new Cursor(text);
  const datatype = parseAny(cursor);
  if (cursor.position !== text.length) cursor.fail('the end');
  return datatype;
}

/** Element text as it stands between the braces of an array's datatype. */
export function printElement(element: Element): string {
  switch (element.kind) {
    case 'scalar':
      return element.name;
    case 'detectorid':
      return 'detectorid';
    case 'enum':
      return `enum{${Array.from(element.members, ([name, value]) => `${name}=${value.toString()}`).join(',')}}`;
    case 'array':
      return `array<${element.rank}>{${printElement(element.element)}}`;
    case 'encoded':
      return `encoded_array<${element.rank}>{${printElement(element.element)}}`;
  }
}

/** Prints a datatype in the form that is written to files: fields sorted, long forms only. */
export function printDatatype(datatype: Datatype): string {
  switch (datatype.kind) {
    case 'scalar':
      return datatype.name;
    case 'array':
      return `array<${datatype.rank}>{${printElement(datatype.element)}}`;
    case 'fixedsize':
      return `fixedsize_array<${datatype.rank}>{${printElement(datatype.element)}}`;
    case 'aoesa':
      return `array_of_equalsized_arrays<${datatype.outer},${datatype.inner}>{${printElement(datatype.element)}}`;
    case 'vov':
      return `array<1>{array<1>{${printElement(datatype.element)}}}`;
    case 'encoded-vov':
      return `array<1>{encoded_array<1>{${printElement(datatype.element)}}}`;
    case 'encoded-aoesa':
      return `array_of_encoded_equalsized_arrays<${datatype.outer},${datatype.inner}>{${printElement(datatype.element)}}`;
    case 'struct':
    case 'table':
      return `${datatype.kind}{${[...datatype.fields].sort().join(',')}}`;
  }
}

/** An element given as text (`real`, `enum{A=0}`, `detectorid` …). Throws like {@link parseDatatype}. */
export function elementFrom(text: string): Element {
  const cursor = new Cursor(text);
  const element = parseElement(cursor);
  if (cursor.position !== text.length) cursor.fail('the end');
  return element;
}
