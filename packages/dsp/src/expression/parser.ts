import type { Argument, ArithmeticOperator, ComparisonOperator, Expression } from './ast.js';
import { SyntaxFault, type Token, tokenize } from './tokens.js';

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const additive: ReadonlySet<string> = new Set(['+', '-']);
const multiplicative: ReadonlySet<string> = new Set(['*', '/', '//']);
const refused: ReadonlySet<string> = new Set(['**', '%', '@', '&', '|', '^', '~', '<<', '>>']);
const refusedWords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'lambda', 'for', 'await']);

/** Recursive descent over one expression; the grammar is Python's, less what a chain does not know. */
class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(private readonly source: string) {
    this.tokens = tokenize(source);
  }

  argument(): Argument {
    const [first, second] = this.tokens;
    if (first?.kind === 'name' && second?.text === '=' && second.kind === 'symbol') {
      this.position = 2;
      return { keyword: first.text, expression: this.whole() };
    }
    return { keyword: undefined, expression: this.whole() };
  }

  whole(): Expression {
    const expression = this.choice();
    if (this.token.kind !== 'end') throw this.unexpected();
    return expression;
  }

  private get token(): Token {
    const token = this.tokens[this.position];
    if (token === undefined)
      throw new SyntaxFault('the expression ends too early', this.source, this.source.length);
    return token;
  }

  private next(): Token {
    const token = this.token;
    this.position += 1;
    return token;
  }

  private isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  private isWord(text: string): boolean {
    return this.token.kind === 'name' && this.token.text === text;
  }

  private take(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.position += 1;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) throw this.unexpected(`'${symbol}' expected`);
  }

  private unexpected(reason?: string): SyntaxFault {
    const { kind, text, at } = this.token;
    if (kind === 'symbol' && refused.has(text)) {
      return new SyntaxFault(`the operator '${text}' is not part of the language`, this.source, at);
    }
    if (kind === 'name' && refusedWords.has(text)) {
      return new SyntaxFault(`'${text}' is not part of the language`, this.source, at);
    }
    const found = kind === 'end' ? 'the end' : `'${text}'`;
    return new SyntaxFault(
      reason === undefined ? `${found} is not expected here` : `${reason}, not ${found}`,
      this.source,
      at,
    );
  }

  private choice(): Expression {
    const yes = this.comparison();
    if (!this.isWord('if')) return yes;
    this.position += 1;
    const condition = this.comparison();
    if (!this.isWord('else')) throw this.unexpected("'else' expected");
    this.position += 1;
    return { kind: 'choice', at: yes.at, condition, yes, no: this.choice() };
  }

  private comparison(): Expression {
    const left = this.sum();
    if (this.token.kind !== 'symbol' || !comparisons.has(this.token.text)) return left;
    const operator = this.next().text as ComparisonOperator;
    const right = this.sum();
    const following = this.tokens[this.position];
    if (following?.kind === 'symbol' && comparisons.has(following.text)) {
      throw new SyntaxFault('only one comparison at a time', this.source, following.at);
    }
    return { kind: 'comparison', at: left.at, operator, left, right };
  }

  private sum(): Expression {
    return this.operators(additive, () => this.product());
  }

  private product(): Expression {
    return this.operators(multiplicative, () => this.unary());
  }

  private operators(accepted: ReadonlySet<string>, operand: () => Expression): Expression {
    let left = operand();
    while (this.token.kind === 'symbol' && accepted.has(this.token.text)) {
      const operator = this.next().text as ArithmeticOperator;
      left = { kind: 'arithmetic', at: left.at, operator, left, right: operand() };
    }
    return left;
  }

  private unary(): Expression {
    const { at } = this.token;
    if (this.take('-')) return { kind: 'negative', at, operand: this.unary() };
    if (this.take('+')) return this.unary();
    return this.postfix();
  }

  private postfix(): Expression {
    let object = this.atom();
    for (;;) {
      if (this.take('.')) {
        if (this.token.kind !== 'name') throw this.unexpected('a name expected');
        object = { kind: 'attribute', at: object.at, object, name: this.next().text };
      } else if (this.take('(')) {
        object = this.call(object);
      } else if (this.take('[')) {
        object = this.subscript(object);
      } else {
        return object;
      }
    }
  }

  private call(callee: Expression): Expression {
    const args: Expression[] = [];
    const keywords = new Map<string, Expression>();
    const texts: string[] = [];
    while (!this.take(')')) {
      const from = this.token.at;
      const following = this.tokens[this.position + 1];
      if (this.token.kind === 'name' && following?.kind === 'symbol' && following.text === '=') {
        const name = this.next().text;
        this.position += 1;
        keywords.set(name, this.choice());
      } else {
        if (keywords.size > 0)
          throw new SyntaxFault('plain arguments come before named ones', this.source, from);
        args.push(this.choice());
      }
      texts.push(this.source.slice(from, this.tokens[this.position - 1]?.end ?? from));
      if (!this.isSymbol(')')) this.expect(',');
    }
    return { kind: 'call', at: callee.at, callee, args, keywords, texts };
  }

  private subscript(object: Expression): Expression {
    const bound = () => (this.isSymbol(':') || this.isSymbol(']') ? undefined : this.choice());
    const start = bound();
    if (this.isSymbol(',')) throw new SyntaxFault('only one index at a time', this.source, this.token.at);
    if (this.take(']')) {
      if (start === undefined) throw new SyntaxFault('an index expected', this.source, object.at);
      return { kind: 'index', at: object.at, object, index: start };
    }
    this.expect(':');
    const stop = bound();
    const step = this.take(':') ? bound() : undefined;
    this.expect(']');
    return { kind: 'slice', at: object.at, object, start, stop, step };
  }

  private atom(): Expression {
    const token = this.token;
    const { at } = token;
    if (token.kind === 'number') {
      this.position += 1;
      const text = token.text.replaceAll('_', '');
      return { kind: 'number', at, value: Number(text), integer: /^\d+$/.test(text) };
    }
    if (token.kind === 'text') {
      this.position += 1;
      return { kind: 'text', at, value: token.text };
    }
    if (
      token.kind === 'name' &&
      !refusedWords.has(token.text) &&
      token.text !== 'if' &&
      token.text !== 'else'
    ) {
      this.position += 1;
      if (token.text === 'True' || token.text === 'False')
        return { kind: 'constant', at, value: token.text === 'True' };
      if (token.text === 'None') return { kind: 'constant', at, value: null };
      return { kind: 'name', at, name: token.text };
    }
    if (this.take('(')) {
      const inner = this.choice();
      if (this.isSymbol(','))
        throw new SyntaxFault('tuples are not part of the language', this.source, this.token.at);
      this.expect(')');
      return inner;
    }
    if (this.take('[')) {
      const items: Expression[] = [];
      while (!this.take(']')) {
        items.push(this.choice());
        if (!this.isSymbol(']')) this.expect(',');
      }
      return { kind: 'list', at, items };
    }
    throw this.unexpected();
  }
}

/** Parses one expression. Throws a SyntaxFault that says where and why. */
export function parseExpression(source: string): Expression {
  return new Parser(source).whole();
}

/** Parses one argument: an expression or `key = expression`. Throws a SyntaxFault. */
export function parseArgument(source: string): Argument {
  return new Parser(source).argument();
}
