import type { DataObject, Dtype, NdArray, Scalar } from '@countroom/records';
import { type Datatype, type Element, printElement } from '../datatype/grammar.js';
import { Lh5Error } from '../errors.js';
import { numbersFrom } from '../hdf5/element-type.js';
import { placeOf } from '../hdf5/place.js';
import type { ReadMemory } from '../hdf5/read-memory.js';
import type { DatasetInfo, Hdf5Source } from '../hdf5/source.js';
import type { RowRange } from '../ports.js';
import type { FileNode } from './node.js';

function elementOf(datatype: Datatype | undefined): Element | undefined {
  if (datatype === undefined || datatype.kind === 'struct' || datatype.kind === 'table') return undefined;
  return datatype.kind === 'scalar' ? { kind: 'scalar', name: datatype.name } : datatype.element;
}

function isTruth(datatype: Datatype | undefined): boolean {
  const element = elementOf(datatype);
  return element?.kind === 'scalar' && element.name === 'bool';
}

/** Element text when it says more than the dtype does. */
function elementText(datatype: Datatype | undefined): { element?: string } {
  const element = elementOf(datatype);
  if (element === undefined || (element.kind === 'scalar' && element.name !== 'symbol')) return {};
  return { element: printElement(element) };
}

/** Truth values as 0 and 1, whatever integers the file has. */
function truthBytes(dtype: Dtype, bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const numbers = numbersFrom(dtype, bytes);
  const truth = new Uint8Array(numbers.length);
  for (let k = 0; k < truth.length; k += 1) truth[k] = Number(numbers[k]) === 0 ? 0 : 1;
  return truth;
}

function numberObject(
  node: FileNode,
  info: DatasetInfo,
  dtype: Dtype,
  bytes: Uint8Array<ArrayBuffer>,
  shape: readonly number[],
): NdArray | Scalar {
  const { datatype, attrs } = node;
  const truth = dtype === 'bool' || isTruth(datatype);
  if (info.shape.length === 0) {
    const value = numbersFrom(dtype, bytes)[0]!;
    return truth
      ? { kind: 'scalar', value: Number(value) !== 0, dtype: 'bool', attrs }
      : { kind: 'scalar', value, dtype, attrs };
  }
  const flavor = datatype?.kind === 'aoesa' || datatype?.kind === 'fixedsize' ? datatype.kind : 'array';
  return {
    kind: 'array',
    flavor,
    dtype: truth ? 'bool' : dtype,
    shape,
    data: truth ? truthBytes(dtype, bytes) : numbersFrom(dtype, bytes),
    ...(datatype?.kind === 'aoesa' && datatype.outer !== 1 ? { outerRank: datatype.outer } : {}),
    ...elementText(datatype),
    attrs,
  };
}

const containers = new Set(['vov', 'encoded-vov', 'encoded-aoesa', 'struct', 'table']);

/** Datatypes under which the bytes of a dataset mean what its number type says. Without a datatype they do too. */
function isUnderstood(node: FileNode): boolean {
  if (node.datatype === undefined) return node.datatypeText === undefined;
  const element = elementOf(node.datatype);
  if (element === undefined || element.kind === 'array' || element.kind === 'encoded') return false;
  return element.kind !== 'scalar' || (element.name !== 'complex' && element.name !== 'blob');
}

/** The object that a dataset is, over a range of its rows (which does not matter for data without axes). */
export function readDataset(
  node: FileNode,
  info: DatasetInfo,
  data: Hdf5Source,
  [start, stop]: RowRange,
  memory?: ReadMemory,
): DataObject {
  const { attrs, datatype, datatypeText } = node;
  if (datatype !== undefined && containers.has(datatype.kind)) {
    throw new Lh5Error(
      'datatype-invalid',
      `is a dataset, which the datatype ${datatypeText ?? ''} does not allow`,
      placeOf(node.at),
    );
  }
  const shape = info.shape.length === 0 ? [] : [stop - start, ...info.shape.slice(1)];
  if (info.type.kind === 'string' && isUnderstood(node)) {
    const values = data.texts(info, start, stop);
    if (shape.length === 0)
      return { kind: 'scalar', value: values[0] ?? '', ...elementText(datatype), attrs };
    return {
      kind: 'strings',
      values,
      ...(shape.length > 1 ? { shape } : {}),
      ...elementText(datatype),
      attrs,
    };
  }
  if (info.type.kind === 'number' && isUnderstood(node)) {
    return numberObject(node, info, info.type.dtype, data.bytes(info, start, stop, memory), shape);
  }
  if (info.type.kind === 'string' && info.type.variable) {
    const object = { kind: 'strings', values: data.texts(info, start, stop), attrs } as const;
    return shape.length === 0 ? { kind: 'scalar', value: object.values[0] ?? '', attrs } : object;
  }
  return {
    kind: 'opaque',
    datatype: datatypeText,
    elementType: info.element,
    elementBytes: info.elementBytes,
    shape,
    bytes: data.bytes(info, start, stop),
    attrs,
  };
}
