import type { Lh5ErrorPlace } from '../errors.js';

/** An object in a file. */
export interface ObjectPlace {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Path from the root without a leading slash; empty for the root. */
  readonly path: string;
}

/** Path of the object `name` below another one. */
export function pathBelow(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

/** The object `name` below another one. */
export function below<T extends ObjectPlace>(at: T, name: string): T {
  return { ...at, path: pathBelow(at.path, name) };
}

/** File and object for an error. */
export function placeOf(at: ObjectPlace): Lh5ErrorPlace {
  return { file: at.file, object: at.path };
}

/** Leading, trailing and doubled slashes are dropped. */
export function normalizePath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
}
