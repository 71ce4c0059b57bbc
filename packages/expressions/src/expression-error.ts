/** An expression cannot be used. `position` counts characters from 0; the message shows the place. */
export class ExpressionError extends Error {
  /**
   * @param reason what is wrong
   * @param expression the whole text
   * @param position where in the text
   */
  constructor(
    readonly reason: string,
    readonly expression: string,
    readonly position: number,
  ) {
    super(`${reason} at character ${position + 1} of "${expression}"`);
    this.name = 'ExpressionError';
  }
}

/** A function of the expression language that is known but not built yet. */
export class MissingFunctionError extends ExpressionError {
  /** @param functionName its name; @param why the bound that it meets, and the way out */
  constructor(
    readonly functionName: string,
    expression: string,
    position: number,
    why?: string,
  ) {
    const bound = why === undefined ? '' : `: ${why}`;
    super(`the function ${functionName} is not available${bound}`, expression, position);
    this.name = 'MissingFunctionError';
  }
}
