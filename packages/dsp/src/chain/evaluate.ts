import type { Expression } from '../expression/ast.js';
import { quantity } from '../units/unit.js';
import { unitOf } from '../units/unit-registry.js';
import { combine, negate } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { declare } from './declare.js';
import { callBuiltin } from './functions.js';
import { builtinNames } from './recipe-call.js';
import { slice, subscript } from './subscript.js';
import { numberValue, type Value, type Variable } from './variable.js';
import { where } from './where.js';

const numpyConstants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  euler_gamma: 0.577_215_664_901_532_9,
};

/** A list of literals, possibly nested, as a constant array. */
export function arrayValue(builder: ChainBuilder, items: readonly Value[]): Value {
  const values: number[] = [];
  let inner: readonly number[] | undefined;
  let integer = true;
  for (const item of items) {
    let shape: readonly number[] = [];
    if (item.kind === 'number') {
      values.push(item.value);
      integer &&= item.integer;
    } else if (item.kind === 'array') {
      values.push(...item.values);
      shape = item.shape;
      integer &&= item.integer;
    } else {
      throw builder.fail(`a list may hold numbers and lists of numbers only, not a ${item.kind}`);
    }
    if (inner !== undefined && inner.join() !== shape.join())
      throw builder.fail('the rows of a list must have the same length');
    inner = shape;
  }
  return { kind: 'array', values, shape: [items.length, ...(inner ?? [])], integer };
}

function gridOfVariable(builder: ChainBuilder, variable: Variable): Value & { kind: 'grid' } {
  const { grid } = variable;
  if (grid === null || grid === undefined)
    throw builder.fail(`'${variable.name}' has no grid (period and offset)`);
  return { kind: 'grid', grid };
}

function attribute(builder: ChainBuilder, variable: Variable, name: string): Value {
  switch (name) {
    case 'period':
      return gridOfVariable(builder, variable).grid.period;
    case 'grid':
    case 'offset':
      return gridOfVariable(builder, variable);
    case 'unit':
      return { kind: 'text', value: variable.unit ?? '' };
    case 'dtype':
      return { kind: 'text', value: variable.dtype ?? '' };
    case 'name':
      return { kind: 'text', value: variable.name };
    case 'shape':
      return arrayValue(
        builder,
        (variable.shape ?? []).map((extent) => numberValue(extent)),
      );
    case 'is_coord':
      return { kind: 'constant', value: variable.coordinate === 'point' };
    case 'buffer':
      return { kind: 'variable', variable };
    case 'vector_len':
      if (variable.vectorLength !== undefined) return { kind: 'variable', variable: variable.vectorLength };
      throw builder.fail(`'${variable.name}' is not of variable length`);
    default:
      throw builder.fail(`variables have no property '${name}'`);
  }
}

/** What an expression stands for. Steps that depend on rows are appended to the chain. Throws ProcessingChainErrors. */
export function evaluate(builder: ChainBuilder, expression: Expression): Value {
  const inner = (part: Expression) => evaluate(builder, part);
  switch (expression.kind) {
    case 'number':
      return numberValue(expression.value, expression.integer);
    case 'constant':
    case 'text':
      return expression;
    case 'list':
      return arrayValue(builder, expression.items.map(inner));
    case 'name': {
      const unit = unitOf(expression.name);
      return unit === undefined
        ? { kind: 'variable', variable: builder.variable(expression.name) }
        : quantity(1, unit);
    }
    case 'attribute': {
      const { object, name } = expression;
      if (object.kind === 'name' && (object.name === 'np' || object.name === 'numpy')) {
        const value = numpyConstants[name];
        if (value === undefined) throw builder.fail(`numpy.${name} is not a number`);
        return numberValue(value, false);
      }
      const value = inner(object);
      if (value.kind !== 'variable') throw builder.fail(`a ${value.kind} has no property '${name}'`);
      return attribute(builder, value.variable, name);
    }
    case 'negative':
      return negate(builder, inner(expression.operand));
    case 'arithmetic':
    case 'comparison':
      return combine(builder, expression.operator, inner(expression.left), inner(expression.right));
    case 'choice':
      return where(builder, [inner(expression.condition), inner(expression.yes), inner(expression.no)]);
    case 'index':
      return subscript(builder, inner(expression.object), inner(expression.index));
    case 'slice': {
      const bound = (part: Expression | undefined) => (part === undefined ? undefined : inner(part));
      const bounds = [bound(expression.start), bound(expression.stop), bound(expression.step)];
      return slice(builder, inner(expression.object), bounds);
    }
    case 'call': {
      const { callee } = expression;
      if (callee.kind !== 'name')
        throw builder.fail('only functions of the language can be called inside an expression');
      const args = expression.args.map(inner);
      const keywords = new Map([...expression.keywords].map(([key, part]) => [key, inner(part)]));
      if (!builtinNames.has(callee.name)) {
        return { kind: 'variable', variable: declare(builder, callee.name, args, keywords) };
      }
      const named = ['to', 'to_nearest', 'dtype'].flatMap((key) => keywords.get(key) ?? []);
      if (callee.name === 'where') return where(builder, [...args, ...named]);
      return callBuiltin(builder, callee.name, [...args, ...named]);
    }
  }
}
