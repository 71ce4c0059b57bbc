/** Why an LH5 operation failed. */
export type Lh5ErrorCode =
  | 'file-missing'
  | 'file-exists'
  | 'file-damaged'
  | 'object-missing'
  | 'object-exists'
  | 'datatype-invalid'
  | 'data-inconsistent'
  | 'data-mismatch'
  | 'argument-invalid'
  | 'closed'
  | 'io-failed';

/** Place of a failure: which file, which object in it, and what caused it. */
export interface Lh5ErrorPlace {
  readonly file?: string;
  readonly object?: string;
  readonly cause?: unknown;
}

/** Any failure of reading or writing LH5; the message is for people and names file and object. */
export class Lh5Error extends Error {
  readonly code: Lh5ErrorCode;
  readonly file: string | undefined;
  readonly object: string | undefined;
  /** What is wrong, without the place. */
  readonly reason: string;

  constructor(code: Lh5ErrorCode, reason: string, place: Lh5ErrorPlace = {}) {
    const where = [place.file, place.object === undefined ? undefined : `/${place.object}`].filter(
      (part) => part !== undefined,
    );
    super(
      where.length > 0 ? `${where.join(' ')}: ${reason}` : reason,
      place.cause === undefined ? undefined : { cause: place.cause },
    );
    this.name = 'Lh5Error';
    this.code = code;
    this.file = place.file;
    this.object = place.object;
    this.reason = reason;
  }
}
