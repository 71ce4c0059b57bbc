/** A stage or its options cannot be used as asked. The message says what, where, and the way out. */
export class StageError extends Error {
  /**
   * @param stage name of the stage
   * @param message what is wrong and what to do about it
   * @param issues faults per option, when options were refused
   * @param cause the error that led here
   */
  constructor(
    readonly stage: string,
    message: string,
    readonly issues: readonly { readonly path: string; readonly message: string }[] = [],
    cause?: unknown,
  ) {
    super(`${stage}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'StageError';
  }
}

/** The work was cancelled; what was written so far is not a result. */
export class CancelledError extends Error {
  /** @param what what was cancelled */
  constructor(what: string) {
    super(`${what} was cancelled`);
    this.name = 'CancelledError';
  }
}
