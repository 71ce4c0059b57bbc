import type { BinaryOperator, CallNode, Keyword, Node, UnaryOperator } from './ast.js';
import { ExpressionError } from './expression-error.js';
import { own } from './functions.js';
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

/** What is meant by words and signs that stand elsewhere in Python. */
const pythonWords: Readonly<Record<string, string>> = {
  '=': 'compare by ==',
  and: 'write (a > 1) & (b > 2)',
  or: 'write (a > 1) | (b > 2)',
  not: 'write ~(a > 1)',
  '&': 'write & once',
  '|': 'write | once',
  if: 'write where(condition, a, b)',
};

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
    if (!this.atEnd()) throw this.unexpected();
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

  private unexpected(): ExpressionError {
    const { text } = this.current;
    const before = this.tokens[this.position - 1]?.text ?? '';
    const hint = own(pythonWords, text) ?? (before === 'not' ? pythonWords['not'] : undefined);
    return this.error(`unexpected "${text}"${hint === undefined ? '' : `: ${hint},`}`);
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
    const base = this.picked();
    const { at } = this.current;
    if (this.takeSign('**') === undefined) return base;
    return this.nested(() => ({ type: 'binary', operator: '**', left: base, right: this.unary(), at }));
  }

  private picked(): Node {
    let node = this.primary();
    for (;;) {
      const { at } = this.current;
      if (this.takeSign('[') === undefined) return node;
      const of = node;
      node = this.nested(() => ({ type: 'pick', of, where: this.binary(0), at }));
      if (this.takeSign(']') === undefined) throw this.error('"]" is missing');
    }
  }

  private primary(): Node {
    const token = this.current;
    if (token.type === 'text') {
      this.position++;
      return { type: 'text', value: token.text.slice(1, -1), at: token.at };
    }
    if (token.type === 'number') {
      this.position++;
      return numberNode(token);
    }
    if (token.type === 'name') {
      this.position++;
      if (token.text === 'True' || token.text === 'False') {
        return { type: 'boolean', value: token.text === 'True', at: token.at };
      }
      if (token.text === 'None') return { type: 'none', at: token.at };
      if (this.takeSign('(') === undefined) return { type: 'name', name: token.text, at: token.at };
      return this.nested(() => this.call(token));
    }
    if (this.takeSign('[') !== undefined) {
      return this.nested(() => ({ type: 'list', items: this.items(']'), at: token.at }));
    }
    if (this.takeSign('(') !== undefined) {
      return this.nested(() => {
        const inner = this.binary(0);
        if (this.takeSign(')') === undefined) throw this.error('")" is missing');
        return inner;
      });
    }
    throw token.type === 'end' ? this.error('the expression ends too early') : this.unexpected();
  }

  private items(end: ')' | ']'): Node[] {
    const items: Node[] = [];
    if (this.takeSign(end) !== undefined) return items;
    do items.push(this.binary(0));
    while (this.takeSign(',') !== undefined);
    if (this.takeSign(end) === undefined) throw this.error(`"${end}" is missing`);
    return items;
  }

  private call({ text, at }: Token): CallNode {
    const args: Node[] = [];
    const keywords: Keyword[] = [];
    while (this.takeSign(')') === undefined) {
      if (args.length + keywords.length > 0 && this.takeSign(',') === undefined) {
        throw this.error('")" is missing');
      }
      const key = this.keyword();
      if (key !== undefined) keywords.push({ name: key, value: this.binary(0) });
      else if (keywords.length > 0) throw this.error('a plain argument cannot follow a named one');
      else args.push(this.binary(0));
    }
    return { type: 'call', name: text, args, keywords, at };
  }

  private keyword(): string | undefined {
    const [name, sign] = [this.current, this.tokens[this.position + 1]];
    if (name.type !== 'name' || sign?.type !== 'sign' || sign.text !== '=') return undefined;
    this.position += 2;
    return name.text;
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
