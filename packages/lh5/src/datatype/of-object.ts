import type { DataObject, Encoded, NdArray, StringArray, VectorOfVectors } from '@countroom/records';
import { type Datatype, type Element, elementFrom, printDatatype } from './grammar.js';

function arrayElement(array: NdArray | StringArray): Element {
  if (array.element !== undefined) return elementFrom(array.element);
  if (array.kind === 'strings') return { kind: 'scalar', name: 'string' };
  return { kind: 'scalar', name: array.dtype === 'bool' ? 'bool' : 'real' };
}

function vovElement(vov: VectorOfVectors): Element {
  const inner = vov.flattened;
  return inner.kind === 'vov' ? { kind: 'array', rank: 1, element: vovElement(inner) } : arrayElement(inner);
}

function arrayDatatype(array: NdArray): Datatype {
  const element = arrayElement(array);
  const rank = array.shape.length;
  if (array.flavor === 'aoesa') {
    const outer = array.outerRank ?? 1;
    return { kind: 'aoesa', outer, inner: rank - outer, element };
  }
  return { kind: array.flavor, rank, element };
}

function encodedDatatype(object: Encoded): Datatype {
  const element: Element =
    object.element === undefined ? { kind: 'scalar', name: 'real' } : elementFrom(object.element);
  return object.flavor === 'vov'
    ? { kind: 'encoded-vov', element }
    : { kind: 'encoded-aoesa', outer: 1, inner: 1, element };
}

function scalarDatatype(value: number | bigint | boolean | string, element: string | undefined): string {
  if (element !== undefined) return element;
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : 'real';
}

/** The datatype attribute of an object in memory, fields sorted; undefined for opaque data that had none. */
export function datatypeOf(object: DataObject): string | undefined {
  switch (object.kind) {
    case 'scalar':
      return scalarDatatype(object.value, object.element);
    case 'array':
      return printDatatype(arrayDatatype(object));
    case 'strings':
      return printDatatype({ kind: 'array', rank: object.shape?.length ?? 1, element: arrayElement(object) });
    case 'vov':
      return printDatatype({ kind: 'vov', element: vovElement(object) });
    case 'encoded':
      return printDatatype(encodedDatatype(object));
    case 'struct':
      return object.datatype ?? printDatatype({ kind: 'struct', fields: [...object.fields.keys()] });
    case 'table':
      return printDatatype({ kind: 'table', fields: [...object.columns.keys()] });
    case 'opaque':
      return object.datatype;
  }
}
