import { type CompiledExpression, compileExpression } from '@countroom/expressions';

/**
 * Values worked out of those of the channels, which the expressions know as c0, c1, … in their order. The language is that
 * of hits and events: numbers, operators and functions, nothing else.
 */
export class ChannelFormulas {
  private readonly formulas: readonly CompiledExpression[];
  private readonly columns: ReadonlyMap<string, { kind: 'float64'; data: Float64Array; step: 1 }>;

  /** Throws an ExpressionError with the place for what cannot be worked out. */
  constructor(expressions: readonly string[], channels: number) {
    const names = Array.from({ length: channels }, (_, index) => `c${index}`);
    const types = new Map(names.map((name) => [name, 'float64'] as const));
    this.formulas = expressions.map((expression) => compileExpression(expression, types));
    this.columns = new Map(
      names.map((name) => [name, { kind: 'float64', data: new Float64Array(1), step: 1 }]),
    );
  }

  /** One value per formula; NaN and infinity follow IEEE 754. */
  evaluate(values: readonly number[]): number[] {
    values.forEach((value, index) => {
      this.columns.get(`c${index}`)!.data[0] = value;
    });
    return this.formulas.map((formula) => Number(formula.evaluate(this.columns, 1).data[0] ?? Number.NaN));
  }
}
