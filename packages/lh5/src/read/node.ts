import type { AttributeValue } from '@countroom/records';
import { type Datatype, parseDatatype } from '../datatype/grammar.js';
import { Lh5Error } from '../errors.js';
import { type ObjectPlace, placeOf } from '../hdf5/place.js';
import type { DatasetInfo, Hdf5Kind, Hdf5Source } from '../hdf5/source.js';

/** One object of a file: its attributes, its datatype taken apart, and for datasets the description. */
export interface FileNode {
  readonly at: ObjectPlace;
  readonly attrs: Readonly<Record<string, AttributeValue>>;
  /** Text of the datatype attribute, or undefined when there is none. */
  readonly datatypeText: string | undefined;
  /** The datatype when it is understood. */
  readonly datatype: Datatype | undefined;
  /** Undefined for groups. */
  readonly dataset: DatasetInfo | undefined;
}

function tryParse(text: string | undefined): Datatype | undefined {
  if (text === undefined) return undefined;
  try {
    return parseDatatype(text);
  } catch {
    // An unknown datatype is no fault of the file: the object is passed through as it is.
    return undefined;
  }
}

/** Looks an object of a known kind up. Fails when there is none, or a link that leads nowhere. */
export function lookUp(source: Hdf5Source, at: ObjectPlace, kind: Hdf5Kind): FileNode {
  if (kind === 'missing') throw new Lh5Error('object-missing', 'there is no such object', placeOf(at));
  if (kind === 'link')
    throw new Lh5Error(
      'object-missing',
      'is a link whose target is not there or in another file',
      placeOf(at),
    );
  if (kind === 'datatype')
    throw new Lh5Error('datatype-invalid', 'is a named HDF5 type, not data', placeOf(at));
  const { datatype: text, ...attrs } = source.attributes(at.path);
  const datatypeText = typeof text === 'string' ? text : undefined;
  return {
    at,
    attrs,
    datatypeText,
    datatype: tryParse(datatypeText),
    dataset: kind === 'dataset' ? source.dataset(at.path) : undefined,
  };
}
