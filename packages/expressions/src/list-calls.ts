import type { CallNode, Node } from './ast.js';
import { ExpressionError } from './expression-error.js';
import { own } from './functions.js';
import { lift } from './lift.js';
import {
  concatenateLists,
  dropMissing,
  fillMissing,
  firstElements,
  flattenLists,
  isMissing,
  nanToMissing,
  sortLists,
} from './list-operations.js';
import { listReductions, reduceLists } from './list-reductions.js';
import type { CompilePart, Typed } from './typed.js';
import { cast, isFloat, type Kind, newArray, strongest, type Vector } from './vector.js';
import { where } from './where-call.js';

/** One call that is being typed. */
interface Call {
  readonly node: CallNode;
  readonly compile: CompilePart;
  readonly expression: string;
}

/**
 * Types a call of the array language (`ak.…`), or of a reduction along an axis (`np.sum(x, axis=-1)`). Undefined when it
 * is neither. Only the innermost lists are reduced, sorted and flattened.
 * Throws an ExpressionError for wrong arguments.
 */
export function compileListCall(node: CallNode, compile: CompilePart, expression: string): Typed | undefined {
  const alongAxis = node.keywords.some((keyword) => keyword.name === 'axis');
  const name = node.name.startsWith('ak.')
    ? node.name.slice(3)
    : alongAxis
      ? node.name.replace(/^(np|numpy)\./, '')
      : undefined;
  if (name === undefined) return undefined;
  const call: Call = { node, compile, expression };
  const reduction = own(listReductions, name);
  if (reduction !== undefined) {
    const of = listsOf(call);
    return {
      kind: reduction.kind(of.kind),
      depth: of.depth - 1,
      evaluate: (block, rows) => reduceLists(of.evaluate(block, rows), reduction),
    };
  }
  const typed = own(calls, name)?.(call);
  if (typed?.kind === 'complex128' && name !== 'where')
    throw error(call, `${node.name} takes no complex numbers; take real(…) or imag(…) of them first`);
  return typed;
}

const calls: Readonly<Record<string, (call: Call) => Typed>> = {
  firsts: (call) => changed(call, -1, firstElements),
  drop_none: (call) => changed(call, 0, dropMissing),
  flatten: (call) => {
    const of = listsOf(call, 2, 1);
    return { ...of, depth: of.depth - 1, evaluate: (block, rows) => flattenLists(of.evaluate(block, rows)) };
  },
  sort: (call) => {
    const ascending = keyword(call, 'ascending');
    if (ascending !== undefined && ascending.type !== 'boolean') {
      throw error(call, 'ascending is True or False', ascending);
    }
    return changed(call, 0, (vector) => sortLists(vector, ascending?.value ?? true));
  },
  nan_to_none: (call) => {
    const of = first(call);
    return { ...of, evaluate: (block, rows) => nanToMissing(of.evaluate(block, rows)) };
  },
  is_none: (call) => {
    const of = first(call);
    return { ...of, kind: 'bool', evaluate: (block, rows) => isMissing(of.evaluate(block, rows), rows) };
  },
  fill_none: (call) => {
    const of = first(call);
    const filler = call.node.args[1] ?? keyword(call, 'value');
    if (filler === undefined) throw error(call, 'fill_none takes the values and a number');
    const value = call.compile(filler);
    const kind = strongest(of.kind, value.kind);
    return {
      kind,
      depth: of.depth,
      evaluate: (block, rows) => {
        const number = Number(value.evaluate(block, rows).data[0] ?? 0);
        return fillMissing(of.evaluate(block, rows), number, kind);
      },
    };
  },
  zeros_like: (call) => filled(call, 0),
  ones_like: (call) => filled(call, 1),
  values_astype: (call) => {
    const of = first(call);
    const to = kindNamed(call, call.node.args[1] ?? keyword(call, 'to'));
    return { ...of, kind: to, evaluate: (block, rows) => cast(of.evaluate(block, rows), to) };
  },
  where: ({ node, compile, expression }) => where(node, compile, expression),
  concatenate: (call) => {
    const [list] = call.node.args;
    if (list?.type !== 'list' || list.items.length === 0) {
      throw error(call, 'concatenate takes a list of columns: ak.concatenate([a, b], axis=1)');
    }
    const parts = list.items.map(call.compile);
    if (parts.some(({ depth }) => depth > 1)) throw error(call, 'concatenate joins lists of numbers only');
    const kind = parts.reduce<Kind>((common, part) => strongest(common, part.kind), 'bool');
    return {
      kind,
      depth: 1,
      evaluate: (block, rows) =>
        concatenateLists(
          parts.map((part) => part.evaluate(block, rows)),
          rows,
          kind,
        ),
    };
  },
};

function changed(call: Call, levels: 0 | -1, work: (vector: Vector) => Vector): Typed {
  const of = listsOf(call);
  return { ...of, depth: of.depth + levels, evaluate: (block, rows) => work(of.evaluate(block, rows)) };
}

function filled(call: Call, value: 0 | 1): Typed {
  const of = first(call);
  return lift([of], of.kind, { expression: call.expression, at: call.node.at }, ([vector], length) => {
    const { kind } = vector!;
    const data = newArray(kind, length);
    if (data instanceof BigInt64Array) data.fill(BigInt(value));
    else data.fill(value);
    return { kind, data, step: 1 };
  });
}

function first(call: Call): Typed {
  const [node] = call.node.args;
  if (node === undefined) throw error(call, `${call.node.name} takes an argument`);
  return call.compile(node);
}

/** The first argument, which must have lists; `axis`, when given, must be the innermost level (or `allowed`). */
function listsOf(call: Call, least = 1, allowed?: number): Typed {
  const of = first(call);
  const { node } = call;
  if (of.depth < least) {
    const what = least === 1 ? 'has one number per row, no lists' : 'has no lists of lists';
    throw error(call, `${node.name}: its argument ${what}`);
  }
  const axis = keyword(call, 'axis') ?? node.args[1];
  if (axis === undefined) {
    if (allowed === undefined && !(node.name in defaults)) {
      throw error(call, `${node.name} needs axis=-1: without it all rows would become one value`);
    }
    return of;
  }
  const value = axis.type === 'integer' ? Number(axis.value) : undefined;
  if (value !== -1 && value !== (allowed ?? of.depth)) {
    throw error(call, `axis must be the innermost level, -1 or ${allowed ?? of.depth}`, axis);
  }
  return of;
}

/** Functions whose axis is the innermost one unless said otherwise. */
const defaults: Readonly<Record<string, true>> = {
  'ak.sort': true,
  'ak.firsts': true,
  'ak.num': true,
  'ak.drop_none': true,
};

function keyword(call: Call, name: string): Node | undefined {
  return call.node.keywords.find((one) => one.name === name)?.value;
}

function kindNamed(call: Call, node: Node | undefined): Kind {
  const name = node?.type === 'text' ? node.value : node?.type === 'name' ? node.name : '';
  const bare = name.replace(/^(np|numpy)\./, '');
  const found = own({ int: 'int64', float: 'float64' }, bare) ?? bare;
  if (found === 'bool' || found === 'int32' || found === 'int64' || isFloat(found as Kind))
    return found as Kind;
  throw error(call, 'values_astype takes bool, int32, int64, float32 or float64', node);
}

function error({ expression, node }: Call, reason: string, at?: Node): ExpressionError {
  return new ExpressionError(reason, expression, (at ?? node).at);
}

/** Functions of the array language, without `ak.`. */
export const listFunctionNames: readonly string[] = [...Object.keys(listReductions), ...Object.keys(calls)];
