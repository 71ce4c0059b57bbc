import { expressionNames, type Node, parseExpression } from '@countroom/expressions';
import { EventError } from '../errors.js';

/** One fact about something, such as the system of a channel or the period of a file. */
export type Fact = string | number | boolean;

/** Facts by path, such as `analysis.usability`. */
export type Facts = ReadonlyMap<string, Fact>;

/** A query over facts, made ready. */
export interface FactQuery {
  /** Paths of the facts that it looks at. */
  readonly facts: readonly string[];
  /** Whether something with these facts fits. */
  fits(thing: { readonly facts: Facts }): boolean;
}

const orders: Readonly<Record<string, (a: Fact, b: Fact) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/**
 * Reads a query over facts: comparisons with numbers, texts in quotes, True and False, joined by
 * `&`, `|`, `~`, as in `(system == "geds") & (analysis.usability != "off")`. A fact alone is its truth value. What
 * does not have a fact fits no comparison with it. Throws an EventError, or an ExpressionError with the place.
 */
export function factQuery(query: string): FactQuery {
  const test = truthOf(parseExpression(query));
  return { facts: expressionNames(query), fits: ({ facts }) => test(facts) };
}

/**
 * Throws an EventError for a path that none of some things has, which is most often a slip of the pen. Of no things
 * nothing is known, and nothing is thrown.
 * @param what they are, for the text
 */
export function checkFacts(
  paths: readonly string[],
  things: readonly { readonly facts: Facts }[],
  what: string,
): void {
  const missing =
    things.length === 0 ? undefined : paths.find((path) => !things.some(({ facts }) => facts.has(path)));
  if (missing === undefined) return;
  const known = [...new Set(things.flatMap(({ facts }) => [...facts.keys()]))].sort();
  throw new EventError(`no ${what} has ${missing}; there are ${known.join(', ') || 'no facts'}`);
}

function truthOf(node: Node): (facts: Facts) => boolean {
  switch (node.type) {
    case 'boolean':
      return () => node.value;
    case 'name':
      return (facts) => facts.get(node.name) === true;
    case 'unary': {
      if (node.operator !== '~') break;
      const inner = truthOf(node.operand);
      return (facts) => !inner(facts);
    }
    case 'binary': {
      if (node.operator === '&' || node.operator === '|') {
        const [left, right] = [truthOf(node.left), truthOf(node.right)];
        return node.operator === '&'
          ? (facts) => left(facts) && right(facts)
          : (facts) => left(facts) || right(facts);
      }
      const compare = orders[node.operator];
      if (compare === undefined) break;
      const [left, right] = [valueOf(node.left), valueOf(node.right)];
      return (facts) => {
        const [a, b] = [left(facts), right(facts)];
        return a !== undefined && b !== undefined && typeof a === typeof b && compare(a, b);
      };
    }
    default:
  }
  throw new EventError(
    'query: facts are compared with values and joined by &, |, ~, such as (system == "geds") & (daq.crate < 3)',
  );
}

function valueOf(node: Node): (facts: Facts) => Fact | undefined {
  switch (node.type) {
    case 'name':
      return (facts) => facts.get(node.name);
    case 'integer': {
      const value = Number(node.value);
      return () => value;
    }
    case 'real':
    case 'boolean':
    case 'text': {
      const { value } = node;
      return () => value;
    }
    case 'unary': {
      const inner = valueOf(node.operand);
      if (node.operator === '-') return (facts) => -Number(inner(facts));
      break;
    }
    default:
  }
  throw new EventError('query: beside a comparison stand facts, numbers, texts in quotes, True and False');
}
