import { type JsonValue, jsonNumber, jsonRow } from '@countroom/lh5';
import { elementsPerRow, endOffset, type NdArray, type RowObject } from '@countroom/records';

/** Elements of an inner array that are shown. */
export const mostElements = 16;
const mostCharacters = 1000;
const cutMark = '…';

/** One row as JSON as `jsonRow` gives it, with inner arrays and texts cut: `…` stands where something was left out. */
export function shortValue(object: RowObject, row: number): JsonValue {
  switch (object.kind) {
    case 'array':
      return ofArray(object, object.shape.slice(1), row * elementsPerRow(object.shape));
    case 'vov': {
      const { flattened } = object;
      const first = endOffset(object, row - 1);
      return cutList(endOffset(object, row) - first, (k) => shortValue(flattened, first + k));
    }
    case 'strings': {
      const { values, shape } = object;
      if (shape === undefined || shape.length === 1) return cutText(values[row] ?? '');
      const width = elementsPerRow(shape);
      return cutList(width, (k) => cutText(values[row * width + k] ?? ''));
    }
    case 'table':
    case 'encoded':
    case 'opaque': {
      const value = jsonRow(object, row);
      return typeof value === 'string' ? cutText(value) : value;
    }
  }
}

function ofArray(array: NdArray, shape: readonly number[], first: number): JsonValue {
  const [extent, ...inner] = shape;
  if (extent === undefined) {
    const value = array.data[first]!;
    return array.dtype === 'bool' ? Number(value) !== 0 : jsonNumber(value);
  }
  const width = inner.reduce((total, next) => total * next, 1);
  return cutList(extent, (k) => ofArray(array, inner, first + k * width));
}

function cutList(length: number, element: (index: number) => JsonValue): JsonValue {
  const shown = Array.from({ length: Math.min(length, mostElements) }, (_, index) => element(index));
  return length > mostElements ? [...shown, cutMark] : shown;
}

function cutText(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}${cutMark}` : text;
}
