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

/** A keyword argument of a call. */
export interface Keyword {
  readonly name: string;
  readonly value: Node;
}

/** A call of a function; keyword arguments only where the function takes them (`axis=-1`). */
export interface CallNode {
  readonly type: 'call';
  readonly name: string;
  readonly args: readonly Node[];
  readonly keywords: readonly Keyword[];
  readonly at: number;
}

/** A parsed expression; `at` is the place in the text. */
export type Node =
  | { readonly type: 'integer'; readonly value: bigint; readonly at: number }
  | { readonly type: 'real'; readonly value: number; readonly at: number }
  | { readonly type: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly type: 'text'; readonly value: string; readonly at: number }
  | { readonly type: 'none'; readonly at: number }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'unary'; readonly operator: UnaryOperator; readonly operand: Node; readonly at: number }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    }
  | { readonly type: 'list'; readonly items: readonly Node[]; readonly at: number }
  | { readonly type: 'pick'; readonly of: Node; readonly where: Node; readonly at: number }
  | CallNode;

/** The parts of a node, in the order of the text. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'list':
      return node.items;
    case 'pick':
      return [node.of, node.where];
    case 'call':
      return [...node.args, ...node.keywords.map(({ value }) => value)];
    default:
      return [];
  }
}

/** Names of columns and parameters that an expression uses, in the order of their appearance. */
export function namesIn(node: Node): string[] {
  const names = new Set<string>();
  const visit = (part: Node): void => {
    if (part.type === 'name') names.add(part.name);
    else partsOf(part).forEach(visit);
  };
  visit(node);
  return [...names];
}
