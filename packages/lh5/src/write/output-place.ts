import type { Attributes } from '@countroom/records';
import type { Hdf5Output } from '../hdf5/output.js';
import type { ObjectPlace } from '../hdf5/place.js';

/** An object in a file that is being written. */
export interface OutputPlace extends ObjectPlace {
  readonly output: Hdf5Output;
}

/** Sets the datatype attribute and all others of an object. */
export function setHead(at: OutputPlace, datatype: string | undefined, attrs: Attributes): void {
  at.output.setAttributes(at.path, datatype === undefined ? attrs : { datatype, ...attrs });
}

/** Makes a group with its attributes. */
export function createGroup(at: OutputPlace, datatype: string | undefined, attrs: Attributes): void {
  at.output.createGroup(at.path);
  setHead(at, datatype, attrs);
}
