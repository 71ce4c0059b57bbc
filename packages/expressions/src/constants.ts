import type { Node } from './ast.js';

/** Parts of an expression that are made of number literals only, worked out once with Python's rules for numbers. */
export function fold(node: Node): Node {
  if (node.type === 'unary') {
    const operand = fold(node.operand);
    if (node.operator === '-' && operand.type === 'integer') return { ...operand, value: -operand.value };
    if (node.operator === '-' && operand.type === 'real') return { ...operand, value: -operand.value };
    if (node.operator === '+' && (operand.type === 'integer' || operand.type === 'real')) return operand;
    return { ...node, operand };
  }
  if (node.type === 'call') {
    const keywords = node.keywords.map(({ name, value }) => ({ name, value: fold(value) }));
    return { ...node, args: node.args.map(fold), keywords };
  }
  if (node.type === 'list') return { ...node, items: node.items.map(fold) };
  if (node.type === 'pick') return { ...node, of: fold(node.of), where: fold(node.where) };
  if (node.type !== 'binary') return node;
  const left = fold(node.left);
  const right = fold(node.right);
  const folded = { ...node, left, right };
  if (left.type === 'integer' && right.type === 'integer')
    return integers(folded, left.value, right.value) ?? folded;
  if (
    (left.type === 'integer' || left.type === 'real') &&
    (right.type === 'integer' || right.type === 'real')
  ) {
    const value = reals(node.operator, Number(left.value), Number(right.value));
    return value === undefined ? folded : { type: 'real', value, at: node.at };
  }
  return folded;
}

/** Beyond it whole numbers are not kept to the last digit: powers of powers would take all memory. */
const largest = 2n ** 1024n;

function integers(node: Extract<Node, { type: 'binary' }>, a: bigint, b: bigint): Node | undefined {
  const { at, operator } = node;
  const integer = (value: bigint): Node =>
    value > largest || value < -largest
      ? { type: 'real', value: Number(value), at }
      : { type: 'integer', value, at };
  if (operator === '+') return integer(a + b);
  if (operator === '-') return integer(a - b);
  if (operator === '*') return integer(a * b);
  if (operator === '/' && b !== 0n) return { type: 'real', value: Number(a) / Number(b), at };
  if (operator !== '**' || b > 1024n || b < -1024n) return undefined;
  return b < 0n ? { type: 'real', value: Number(a) ** Number(b), at } : integer(a ** b);
}

function reals(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '**':
      return a ** b;
    default:
      return undefined;
  }
}
