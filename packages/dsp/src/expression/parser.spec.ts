import { describe, expect, it } from 'vitest';
import { namesIn } from './names.js';
import { parseArgument, parseExpression } from './parser.js';
import { SyntaxFault } from './tokens.js';

/** The tree with parentheses everywhere, for reading. */
function shown(source: string): string {
  const text = (node: ReturnType<typeof parseExpression>): string => {
    switch (node.kind) {
      case 'number':
      case 'constant':
        return String(node.value);
      case 'text':
        return `'${node.value}'`;
      case 'list':
        return `[${node.items.map(text).join(' ')}]`;
      case 'name':
        return node.name;
      case 'attribute':
        return `${text(node.object)}.${node.name}`;
      case 'negative':
        return `(- ${text(node.operand)})`;
      case 'arithmetic':
      case 'comparison':
        return `(${text(node.left)} ${node.operator} ${text(node.right)})`;
      case 'choice':
        return `(${text(node.yes)} if ${text(node.condition)} else ${text(node.no)})`;
      case 'index':
        return `${text(node.object)}[${text(node.index)}]`;
      case 'slice':
        return `${text(node.object)}[${[node.start, node.stop, node.step].map((part) => (part ? text(part) : '')).join(':')}]`;
      case 'call':
        return `${text(node.callee)}(${[...node.args.map(text), ...[...node.keywords].map(([key, part]) => `${key}=${text(part)}`)].join(' ')})`;
    }
  };
  return text(parseExpression(source));
}

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['a - b - c', '((a - b) - c)'],
    ['-x*y', '((- x) * y)'],
    ['a // 2 / 4', '((a // 2) / 4)'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a < b + 1', '(a < (b + 1))'],
    ['x if a > 2 else y if b else z', '(x if (a > 2) else (y if b else z))'],
    ['wf[2*us:10*us:3]', 'wf[(2 * us):(10 * us):3]'],
    ['wf[-1]', 'wf[(- 1)]'],
    ['wf[:len(wf)-5]', 'wf[:(len(wf) - 5):]'],
    ["f(x, 'l', period=wf.period/2)", "f(x 'l' period=(wf.period / 2))"],
    ['[[1, 2], [3, 4]]', '[[1 2] [3 4]]'],
    ['1e-3 + .5', '(0.001 + 0.5)'],
    ['None', 'null'],
    ['True', 'true'],
  ])('%s', (source, tree) => {
    expect(shown(source)).toBe(tree);
  });

  it.each([
    ['a ** 2', /operator '\*\*' is not part/],
    ['a % 2', /operator '%' is not part/],
    ['a and b', /'and' is not part/],
    ['0 < a < 2', /one comparison at a time/],
    ['x[1, 2]', /one index at a time/],
    ['(1, 2)', /tuples/],
    ['lambda x: x', /'lambda' is not part/],
    ['f(a=1, b)', /plain arguments come before/],
    ['a +', /the end is not expected/],
    ['a $ b', /'\$' has no meaning here .*character 3/],
    ['', /the end is not expected/],
  ])('refuses %s', (source, reason) => {
    expect(() => parseExpression(source)).toThrow(SyntaxFault);
    expect(() => parseExpression(source)).toThrow(reason);
  });

  it('tells named arguments from comparisons', () => {
    expect(parseArgument('axis = 1').keyword).toBe('axis');
    expect(parseArgument('a == 1').keyword).toBeUndefined();
  });

  it('keeps the text of arguments of a call', () => {
    const call = parseExpression("f(a + 1, b[2:3], key='x')");
    expect(call.kind === 'call' ? call.texts : []).toEqual(['a + 1', 'b[2:3]', "key='x'"]);
  });

  it('finds the names that an expression mentions', () => {
    expect(namesIn(parseExpression('round(tp + 2*us, wf.grid)[k] if c else f(x, vector_len=n)'))).toEqual([
      'c',
      'round',
      'tp',
      'us',
      'wf',
      'k',
      'f',
      'x',
      'n',
    ]);
  });
});
