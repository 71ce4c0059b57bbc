/** One token; `end` follows the last character. */
export interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** An expression that does not follow the grammar; the message says where. */
export class SyntaxFault extends Error {
  constructor(
    reason: string,
    readonly expression: string,
    readonly at: number,
  ) {
    super(`${reason} (in '${expression}' at character ${(at + 1).toString()})`);
    this.name = 'SyntaxFault';
  }
}

const space = /\s+/y;
const number = /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_]\w*/y;
const text = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/y;
const symbol = /\*\*|\/\/|==|!=|<=|>=|<<|>>|[-+*/%@&|^~<>()[\]{},:.=]/y;

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** Cuts an expression into tokens. Throws a SyntaxFault at a character that belongs to none. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const blank = match(space, source, at);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const kinds = { number, name, text, symbol } as const;
    const kind = (['number', 'name', 'text', 'symbol'] as const).find(
      (candidate) => match(kinds[candidate], source, at) !== undefined,
    );
    if (kind === undefined) throw new SyntaxFault(`'${source[at] ?? ''}' has no meaning here`, source, at);
    const found = match(kinds[kind], source, at) ?? '';
    const content = kind === 'text' ? found.slice(1, -1).replace(/\\(.)/g, '$1') : found;
    tokens.push({ kind, text: content, at, end: at + found.length });
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at, end: at });
  return tokens;
}
