/** A fault in what the caller asked for (options, output specification) or an input of no readable format. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  /**
   * @param place where the fault is: an option, a path inside the output specification, a file format
   * @param fault what is wrong there
   * @param remedy what to do about it
   */
  constructor(
    readonly place: string,
    readonly fault: string,
    readonly remedy: string,
  ) {
    super(`${place}: ${fault}; ${remedy}`);
  }
}
