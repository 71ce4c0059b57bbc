import { ExpressionError } from './expression-error.js';

/** A piece of an expression. */
export type Token =
  | { readonly type: 'number'; readonly text: string; readonly at: number }
  | { readonly type: 'name'; readonly text: string; readonly at: number }
  | { readonly type: 'text'; readonly text: string; readonly at: number }
  | { readonly type: 'sign'; readonly text: string; readonly at: number }
  | { readonly type: 'end'; readonly text: ''; readonly at: number };

const space = /\s+/y;
const number = /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX][\da-fA-F]+/y;
const hexadecimal = /0[xX][\da-fA-F]+/y;
const name = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const sign = /\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%()[\]<>&|^~,=]/y;
const quoted = /'[^'\\]*'|"[^"\\]*"/y;

/** Splits an expression. Throws an ExpressionError at the first character that fits nothing. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(expression)?.[0];
  };
  while (at < expression.length) {
    const blank = take(space);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const found = (
      [
        ['number', take(hexadecimal) ?? take(number)],
        ['name', take(name)],
        ['text', take(quoted)],
        ['sign', take(sign)],
      ] as const
    ).find(([, text]) => text !== undefined);
    const text = found?.[1];
    if (found === undefined || text === undefined) {
      const hint = expression[at] === '!' ? ': write ~(a > 1) for not,' : '';
      throw new ExpressionError(`unexpected ${JSON.stringify(expression[at])}${hint}`, expression, at);
    }
    tokens.push({ type: found[0], text, at });
    at += text.length;
  }
  tokens.push({ type: 'end', text: '', at });
  return tokens;
}
