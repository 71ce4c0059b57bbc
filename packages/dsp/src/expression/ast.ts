/** Where in the text a node begins, for messages. */
interface Placed {
  readonly at: number;
}

/** Arithmetic operators. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//';
/** Comparison operators. */
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Syntax tree of an expression of the chain language (a part of Python's expression syntax). */
export type Expression =
  | (Placed & { readonly kind: 'number'; readonly value: number; readonly integer: boolean })
  | (Placed & { readonly kind: 'constant'; readonly value: boolean | null })
  | (Placed & { readonly kind: 'text'; readonly value: string })
  | (Placed & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (Placed & { readonly kind: 'name'; readonly name: string })
  | (Placed & { readonly kind: 'attribute'; readonly object: Expression; readonly name: string })
  | (Placed & { readonly kind: 'negative'; readonly operand: Expression })
  | (Placed & {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Placed & {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Placed & {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    })
  | (Placed & { readonly kind: 'index'; readonly object: Expression; readonly index: Expression })
  | (Placed & {
      readonly kind: 'slice';
      readonly object: Expression;
      readonly start: Expression | undefined;
      readonly stop: Expression | undefined;
      readonly step: Expression | undefined;
    })
  | (Placed & {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly keywords: ReadonlyMap<string, Expression>;
      /** Text of each argument as written, keywords as `key=text`. */
      readonly texts: readonly string[];
    });

/** A whole argument: an expression, or `key = expression`. */
export interface Argument {
  readonly keyword: string | undefined;
  readonly expression: Expression;
}
