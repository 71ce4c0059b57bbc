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
    super(`${reason} at character ${position + 1} of "${excerpt(expression, position)}"`);
    this.name = 'ExpressionError';
  }
}

/** Longest text that is shown whole, and how much is shown on each side of the place in a longer one. */
const mostShown = 200;
const aside = 60;

function excerpt(expression: string, position: number): string {
  if (expression.length <= mostShown) return expression;
  const [from, to] = [Math.max(0, position - aside), Math.min(expression.length, position + aside)];
  return `${from > 0 ? '…' : ''}${expression.slice(from, to)}${to < expression.length ? '…' : ''}`;
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
