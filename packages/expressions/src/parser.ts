import type { BinaryOperator, Node, UnaryOperator } from './ast.js';
import { ExpressionError } from './expression-error.js';
import { type Token, tokenize } from './tokens.js';

/** Binary operators by how tightly they bind, loosest first, as in Python. Comparisons are not chained. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['<', '<=', '>', '>=', '==', '!='],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%'],
];

/** Deepest nesting that is taken; real expressions stay far below. */
const deepest = 200;

/** Parses an expression. Throws an ExpressionError with the place. */
export function parseExpression(expression: string): Node {
  return new Parser(expression).parse();
}

class Parser {
  private readonly tokens: Token[];
  private position = 0;
  private depth = 0;

  constructor(private readonly expression: string) {
    this.tokens = tokenize(expression);
  }

  parse(): Node {
    if (this.atEnd()) throw this.error('an expression is missing');
    const node = this.binary(0);
    if (!this.atEnd()) throw this.error(`unexpected "${this.current.text}"`);
    return node;
  }

  private get current(): Token {
    return this.tokens[this.position]!;
  }

  private atEnd(): boolean {
    return this.current.type === 'end';
  }

  private error(reason: string, at = this.current.at): ExpressionError {
    return new ExpressionError(reason, this.expression, at);
  }

  private takeSign<S extends string>(...signs: readonly S[]): S | undefined {
    const { type, text } = this.current;
    const found = type === 'sign' ? signs.find((sign) => sign === text) : undefined;
    if (found !== undefined) this.position++;
    return found;
  }

  private binary(level: number): Node {
    const operators = levels[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let count = 0; ; count++) {
      const { at } = this.current;
      const operator = this.takeSign(...operators);
      if (operator === undefined) return left;
      if (level === 0 && count > 0)
        throw this.error('comparisons cannot be chained: use (a < b) & (b < c)', at);
      left = { type: 'binary', operator, left, right: this.binary(level + 1), at };
    }
  }

  private unary(): Node {
    const { at } = this.current;
    const operator = this.takeSign<UnaryOperator>('-', '+', '~');
    if (operator === undefined) return this.power();
    return this.nested(() => ({ type: 'unary', operator, operand: this.unary(), at }));
  }

  private power(): Node {
    const base = this.primary();
    const { at } = this.current;
    if (this.takeSign('**') === undefined) return base;
    return this.nested(() => ({ type: 'binary', operator: '**', left: base, right: this.unary(), at }));
  }

  private primary(): Node {
    const token = this.current;
    if (token.type === 'number') {
      this.position++;
      return numberNode(token);
    }
    if (token.type === 'name') {
      this.position++;
      if (token.text === 'True' || token.text === 'False') {
        return { type: 'boolean', value: token.text === 'True', at: token.at };
      }
      if (this.takeSign('(') === undefined) return { type: 'name', name: token.text, at: token.at };
      return this.nested(() => ({ type: 'call', name: token.text, args: this.args(), at: token.at }));
    }
    if (this.takeSign('(') !== undefined) {
      return this.nested(() => {
        const inner = this.binary(0);
        if (this.takeSign(')') === undefined) throw this.error('")" is missing');
        return inner;
      });
    }
    throw this.error(token.type === 'end' ? 'the expression ends too early' : `unexpected "${token.text}"`);
  }

  private args(): Node[] {
    const args: Node[] = [];
    if (this.takeSign(')') !== undefined) return args;
    do args.push(this.binary(0));
    while (this.takeSign(',') !== undefined);
    if (this.takeSign(')') === undefined) throw this.error('")" is missing');
    return args;
  }

  private nested(parse: () => Node): Node {
    if (++this.depth > deepest) throw this.error('the expression is nested too deeply');
    const node = parse();
    this.depth--;
    return node;
  }
}

function numberNode({ text, at }: Token): Node {
  const digits = text.replaceAll('_', '');
  return /^(\d+|0[xX][\da-fA-F]+)$/.test(digits)
    ? { type: 'integer', value: BigInt(digits), at }
    : { type: 'real', value: Number(digits), at };
}
