import type { TreeNode } from '@countroom/contracts';
import { jsonNumber } from '@countroom/lh5';
import type { Attributes, AttributeValue } from '@countroom/records';

type Json = TreeNode['attrs'][string];

const mostElements = 256;
const mostCharacters = 4096;

/** Attributes as JSON: 64-bit integers, NaN and infinities as text. Long ones are cut, with `…` at the cut. */
export function jsonAttributes(attributes: Attributes): TreeNode['attrs'] {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, json(value)]));
}

function json(value: AttributeValue): Json {
  if (typeof value === 'object') {
    const shown = value.slice(0, mostElements).map(one);
    return value.length > mostElements ? [...shown, '…'] : shown;
  }
  return one(value);
}

function one(value: string | number | bigint | boolean): Json {
  if (typeof value === 'string')
    return value.length > mostCharacters ? `${value.slice(0, mostCharacters)}…` : value;
  return typeof value === 'boolean' ? value : jsonNumber(value);
}
