/** Operators of two operands, in Python's notation. */
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!=';

/** Operators of one operand. */
export type UnaryOperator = '-' | '+' | '~';

/** A parsed expression; `at` is the place in the text. */
export type Node =
  | { readonly type: 'integer'; readonly value: bigint; readonly at: number }
  | { readonly type: 'real'; readonly value: number; readonly at: number }
  | { readonly type: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'unary'; readonly operator: UnaryOperator; readonly operand: Node; readonly at: number }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number };

/** Names of columns and parameters that an expression uses, in the order of their appearance. */
export function namesIn(node: Node): string[] {
  const names = new Set<string>();
  const visit = (part: Node): void => {
    if (part.type === 'name') names.add(part.name);
    else if (part.type === 'unary') visit(part.operand);
    else if (part.type === 'binary') {
      visit(part.left);
      visit(part.right);
    } else if (part.type === 'call') part.args.forEach(visit);
  };
  visit(node);
  return [...names];
}
