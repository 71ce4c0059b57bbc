import { DecodeError } from '../../core/errors.js';
import { parseXml, type XmlElement } from '../../core/xml.js';

/**
 * A value of a property list. Integers are bigint and reals are numbers, so that `1` and `1.0` stay different; dates and
 * data are their texts.
 */
export type PlistValue =
  | string
  | bigint
  | number
  | boolean
  | readonly PlistValue[]
  | ReadonlyMap<string, PlistValue>;

/** A dictionary of a property list, in the order of the file. */
export type PlistDict = ReadonlyMap<string, PlistValue>;

/**
 * Parses an XML property list whose root is a dictionary. Of keys that are there twice the last counts.
 * Throws DecodeError at `place` when it is not well formed or holds what is no property list.
 */
export function parsePlist(text: string, place: string): PlistDict {
  const root = parseXml(text, place);
  const [top] = root.name === 'plist' ? root.children : [root];
  const value = top === undefined ? '' : valueOf(top, place);
  return value instanceof Map ? value : fail(place, 'the property list is no dictionary');
}

/** A member of a dictionary as a dictionary; an empty one when it is none. */
export function dictIn(dict: PlistDict | undefined, key: string): PlistDict {
  return asDict(dict?.get(key));
}

/** A value as a dictionary; an empty one when it is none. */
export function asDict(value: PlistValue | undefined): PlistDict {
  return value instanceof Map ? (value as PlistDict) : new Map<string, PlistValue>();
}

/** A member of a dictionary as a list; an empty one when it is none. */
export function listIn(dict: PlistDict | undefined, key: string): readonly PlistValue[] {
  const value = dict?.get(key);
  return Array.isArray(value) ? (value as readonly PlistValue[]) : [];
}

/** A member of a dictionary as a text; undefined when it is none. */
export function textIn(dict: PlistDict | undefined, key: string): string | undefined {
  const value = dict?.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** A member of a dictionary as a number, true as 1; undefined when it is none. */
export function numberIn(dict: PlistDict | undefined, key: string): number | undefined {
  return numberOf(dict?.get(key));
}

/** A value as a number, true as 1; undefined when it is none. */
export function numberOf(value: PlistValue | undefined): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  return undefined;
}

function valueOf(element: XmlElement, place: string): PlistValue {
  const { name, content, text, children } = element;
  switch (name) {
    case 'dict':
      return dictOf(children, place);
    case 'array':
      return children.map((child) => valueOf(child, place));
    case 'string':
      return content;
    case 'date':
    case 'data':
      return text;
    case 'true':
      return true;
    case 'false':
      return false;
    case 'integer':
      return /^[+-]?\d{1,40}$|^0x[\da-f]{1,32}$/i.test(text)
        ? BigInt(text.replace(/^\+/, ''))
        : fail(place, `'${text.slice(0, 40)}' is no integer`);
    case 'real':
      return realOf(text) ?? fail(place, `'${text.slice(0, 40)}' is no number`);
    default:
      return fail(place, `<${name}> is no element of a property list`);
  }
}

function dictOf(children: readonly XmlElement[], place: string): PlistDict {
  const dict = new Map<string, PlistValue>();
  for (let i = 0; i < children.length; i += 2) {
    const [key, value] = [children[i]!, children[i + 1]];
    if (key.name !== 'key' || value === undefined)
      return fail(place, 'a dictionary has a key without value, or a value without key');
    dict.set(key.content, valueOf(value, place));
  }
  return dict;
}

function realOf(text: string): number | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[+-]?nan$/i.test(text) ? NaN : undefined;
}

function fail(place: string, fault: string): never {
  throw new DecodeError(place, fault, 'take the file as the program wrote it');
}
