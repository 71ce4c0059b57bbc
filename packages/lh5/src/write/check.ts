import {
  type DataObject,
  endOffset,
  hasRows,
  type NdArray,
  type Opaque,
  rowsOf,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';
import { elementFrom } from '../datatype/grammar.js';
import { Lh5Error, type Lh5ErrorPlace } from '../errors.js';
import { type ElementDescription, typeClass } from '../hdf5/element-type.js';

function refuse(reason: string, place: Lh5ErrorPlace): never {
  throw new Lh5Error('data-inconsistent', reason, place);
}

function checkName(name: string, place: Lh5ErrorPlace): void {
  if (name === '' || name === '.' || name === '..' || /[,{}/]/.test(name)) {
    throw new Lh5Error(
      'argument-invalid',
      `"${name}" cannot be a name: it may not be empty nor contain , { } or /`,
      place,
    );
  }
}

function checkVectors(vov: VectorOfVectors, place: Lh5ErrorPlace): void {
  checkObject(vov.cumulative, place);
  checkObject(vov.flattened, place);
  const rows = rowsOf(vov);
  let last = 0;
  for (let row = 0; row < rows; row += 1) {
    const end = endOffset(vov, row);
    if (end < last) refuse(`row ${row} ends at ${end}, before it begins at ${last}`, place);
    last = end;
  }
  const there = rowsOf(vov.flattened);
  if (last > there) refuse(`its rows end at element ${last}, but there are only ${there}`, place);
}

/** Whether nothing is wrong with an array: most columns are such, and there are many. */
function isWhole({ shape, data, element }: NdArray): boolean {
  return (
    element === undefined &&
    shape.length > 0 &&
    data.length >= shape.reduce((total, extent) => total * extent, 1)
  );
}

function checkColumn(column: DataObject, place: Lh5ErrorPlace, name: string): void {
  const inner = { ...place, object: `${place.object ?? ''}/${name}` };
  if (!hasRows(column)) refuse(`is a column of a table but a ${column.kind} has no rows`, inner);
  checkObject(column, inner);
}

function checkTable(table: Table, place: Lh5ErrorPlace): void {
  for (const [name, column] of table.columns) {
    checkName(name, place);
    if (column.kind !== 'array' || !isWhole(column)) checkColumn(column, place, name);
    const rows = rowsOf(column);
    if (rows !== table.rows) refuse(`column ${name} has ${rows} rows, the table has ${table.rows}`, place);
  }
}

const writableTypes: readonly unknown[] = [
  typeClass.integer,
  typeClass.float,
  typeClass.string,
  typeClass.compound,
];

/** Whether the library can write elements of this type again. */
function isWritable(type: unknown, bytes: number): type is ElementDescription {
  if (typeof type !== 'object' || type === null || !('type' in type) || !('size' in type)) return false;
  return type.size === bytes && !('vlen' in type && type.vlen === true) && writableTypes.includes(type.type);
}

/** The element type of opaque data as it is written. Fails when the library cannot write such a type. */
export function opaqueType(object: Opaque, place: Lh5ErrorPlace): ElementDescription {
  if (isWritable(object.elementType, object.elementBytes)) return object.elementType;
  throw new Lh5Error('argument-invalid', 'opaque data of this type cannot be written', place);
}

function checkOpaque(object: Opaque, place: Lh5ErrorPlace): void {
  const bytes = object.shape.reduce((total, extent) => total * extent, object.elementBytes);
  if (object.bytes.byteLength < bytes)
    refuse(
      `the shape [${object.shape.join()}] needs ${bytes} bytes, there are ${object.bytes.byteLength}`,
      place,
    );
  opaqueType(object, place);
}

function checkElement(element: string | undefined, place: Lh5ErrorPlace): void {
  if (element === undefined) return;
  try {
    elementFrom(element);
  } catch (cause) {
    throw new Lh5Error('argument-invalid', `"${element}" is no kind of element`, { ...place, cause });
  }
}

/** Checks an object before anything of it is written: names, equal lengths, offsets, enough data. */
export function checkObject(object: DataObject, place: Lh5ErrorPlace): void {
  switch (object.kind) {
    case 'array': {
      const elements = object.shape.reduce((total, extent) => total * extent, 1);
      checkElement(object.element, place);
      if (object.shape.length === 0) refuse('an array needs at least one axis', place);
      if (object.data.length < elements)
        refuse(
          `the shape [${object.shape.join()}] needs ${elements} numbers, there are ${object.data.length}`,
          place,
        );
      return;
    }
    case 'strings': {
      const elements = object.shape?.reduce((total, extent) => total * extent, 1) ?? object.values.length;
      if (object.values.length !== elements)
        refuse(`the shape needs ${elements} texts, there are ${object.values.length}`, place);
      if (object.values.some((text) => text.includes('\0')))
        refuse('texts cannot contain zero characters', place);
      return;
    }
    case 'vov':
      checkVectors(object, place);
      return;
    case 'encoded':
      checkElement(object.element, place);
      checkVectors(object.encoded, place);
      if (object.decodedSize.kind === 'array' && rowsOf(object.decodedSize) !== rowsOf(object.encoded))
        refuse('there must be one decoded size per row', place);
      return;
    case 'table':
      checkTable(object, place);
      return;
    case 'struct':
      for (const [name, field] of object.fields) {
        checkName(name, place);
        checkObject(field, { ...place, object: `${place.object ?? ''}/${name}` });
      }
      return;
    case 'scalar':
      if (typeof object.value === 'string' && object.value.includes('\0'))
        refuse('texts cannot contain zero characters', place);
      return;
    case 'opaque':
      checkOpaque(object, place);
      return;
  }
}

/** Checks each part of a path as a name. */
export function checkPath(path: string, place: Lh5ErrorPlace): void {
  if (path === '')
    throw new Lh5Error('argument-invalid', 'the root itself cannot be written: give a path', place);
  for (const part of path.split('/')) checkName(part, place);
}
