import { Lh5Error, type Lh5ErrorCode } from '../errors.js';
import { type ObjectPlace, placeOf } from '../hdf5/place.js';
import { abandon, type Hdf5, isUnusable, takeDiagnostics } from './module.js';

/** One object in a file that the library has open. */
export interface ObjectAt extends ObjectPlace {
  /** The instance of the library that has the file open. */
  readonly library: Hdf5;
  /** The library's number of the open file. */
  readonly id: bigint;
}

/** Path as the library wants it. */
export function absolute(at: ObjectAt): string {
  return `/${at.path}`;
}

/** Fails at an object; what the library has said about it is added. */
export function failAt(at: ObjectAt, code: Lh5ErrorCode, reason: string): never {
  const said = takeDiagnostics();
  throw new Lh5Error(code, said === undefined ? reason : `${reason} (HDF5: ${said})`, placeOf(at));
}

/** Runs a call into the library; whatever it throws becomes an `Lh5Error` at the object. */
export function guarded<T>(at: ObjectAt, code: Lh5ErrorCode, call: () => T): T {
  if (isUnusable(at.library)) {
    throw new Lh5Error(
      'closed',
      'is lost, because HDF5 has broken down in this thread: open it again',
      placeOf(at),
    );
  }
  try {
    return call();
  } catch (cause) {
    if (cause instanceof Lh5Error) throw cause;
    if (cause instanceof Error && cause.name === 'RuntimeError') abandon(at.library);
    const said = takeDiagnostics() ?? (cause instanceof Error ? cause.message : String(cause));
    throw new Lh5Error(code, `HDF5 failed: ${said}`, { ...placeOf(at), cause });
  }
}
