import { type Node, namesIn } from './ast.js';
import { fold } from './constants.js';
import { ExpressionError, MissingFunctionError } from './expression-error.js';
import { bareName, elementwise, elementwisePairs, missingFunctions, reductions, tests } from './functions.js';
import { applyBinary, binaryKind } from './operators.js';
import { parseExpression } from './parser.js';
import { cast, isFloat, type Kind, newArray, strongest, type Vector } from './vector.js';

/** A value for a name that stands for the same number in every row. Integers are weaker than floats. */
export type Parameter = number | boolean;

/** An expression made ready for columns of known kinds. */
export interface CompiledExpression {
  /** Kind of the result. */
  readonly kind: Kind;
  /** True when the result is one value for all rows (a reduction). */
  readonly reduces: boolean;
  /** Columns it needs. */
  readonly columns: readonly string[];
  /** Works it out for a block of rows; the result has one value per row, or one in all when it reduces. */
  evaluate(columns: ReadonlyMap<string, Vector>, rows: number): Vector;
}

type Evaluate = (columns: ReadonlyMap<string, Vector>, rows: number) => Vector;
interface Typed {
  readonly kind: Kind;
  readonly evaluate: Evaluate;
  readonly reduces?: boolean;
}

/** Names of columns and parameters in an expression. Throws an ExpressionError when it cannot be parsed. */
export function expressionNames(expression: string): string[] {
  return namesIn(parseExpression(expression));
}

/**
 * Types an expression after numexpr's rules: narrow integers are worked in int32, uint32 in int64; float parameters
 * and literals are float64 and promote, integer literals do not; functions of float32 stay float32, of integers give
 * float64. Parameters shadow columns. NaN follows IEEE 754.
 * Throws an ExpressionError with the place for unknown names, unknown functions and operators that do not fit.
 */
export function compileExpression(
  expression: string,
  columns: ReadonlyMap<string, Kind>,
  parameters: Readonly<Record<string, Parameter>> = {},
): CompiledExpression {
  const compiler = new Compiler(expression, columns, parameters);
  const node = fold(parseExpression(expression));
  const typed = compiler.outermost(node);
  return {
    kind: typed.kind,
    reduces: typed.reduces ?? false,
    columns: namesIn(node).filter((name) => !Object.hasOwn(parameters, name) && columns.has(name)),
    evaluate: (block, rows) => {
      const result = typed.evaluate(block, rows);
      return typed.reduces === true ? result : spread(result, rows);
    },
  };
}

class Compiler {
  constructor(
    private readonly expression: string,
    private readonly columns: ReadonlyMap<string, Kind>,
    private readonly parameters: Readonly<Record<string, Parameter>>,
  ) {}

  outermost(node: Node): Typed {
    if (node.type === 'call') {
      const reduction = reductions[bareName(node.name)];
      if (reduction !== undefined && node.args.length === 1) {
        const operand = this.compile(node.args[0]!);
        return reduce(operand, reduction);
      }
    }
    return this.compile(node);
  }

  private compile(node: Node): Typed {
    switch (node.type) {
      case 'integer': {
        const wide = node.value > 2147483647n || node.value < -2147483648n;
        return wide
          ? constant({ kind: 'int64', data: BigInt64Array.of(node.value), step: 0 })
          : constant({ kind: 'int32', data: Int32Array.of(Number(node.value)), step: 0 });
      }
      case 'real':
        return constant({ kind: 'float64', data: Float64Array.of(node.value), step: 0 });
      case 'boolean':
        return constant({ kind: 'bool', data: Uint8Array.of(node.value ? 1 : 0), step: 0 });
      case 'name':
        return this.name(node.name, node.at);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'call':
        return this.call(node);
    }
  }

  private name(name: string, at: number): Typed {
    const value = Object.hasOwn(this.parameters, name) ? this.parameters[name] : undefined;
    if (value !== undefined) return parameter(value);
    const kind = this.columns.get(name);
    if (kind !== undefined) return { kind, evaluate: (block) => block.get(name)! };
    const bare = bareName(name);
    if (bare === 'nan' || bare === 'inf' || bare === 'pi') {
      const number = { nan: Number.NaN, inf: Infinity, pi: Math.PI }[bare];
      return constant({ kind: 'float64', data: Float64Array.of(number), step: 0 });
    }
    throw this.error(`there is no column or parameter ${name}`, at);
  }

  private unary(node: Extract<Node, { type: 'unary' }>): Typed {
    const operand = this.compile(node.operand);
    const kind = node.operator === '~' ? operand.kind : strongest(operand.kind, 'int32');
    if (node.operator === '+') return { kind, evaluate: (b, n) => cast(operand.evaluate(b, n), kind) };
    if (node.operator === '~' && isFloat(kind)) {
      throw this.error(`~ needs truth values or integers, not ${kind}`, node.at);
    }
    const negative = node.operator === '-';
    return {
      kind,
      evaluate: (block, rows) => {
        const { data, step } = cast(operand.evaluate(block, rows), kind);
        const out = newArray(kind, data.length);
        for (let i = 0; i < data.length; i++) {
          const value = data[i]!;
          if (negative) out[i] = -value;
          else out[i] = kind === 'bool' ? 1 - Number(value) : ~value;
        }
        return { kind, data: out, step };
      },
    };
  }

  private binary(node: Extract<Node, { type: 'binary' }>): Typed {
    const left = this.compile(node.left);
    const right = this.compile(node.right);
    let kind = binaryKind(node.operator, left.kind, right.kind);
    if (kind === undefined) {
      throw this.error(`${node.operator} does not take ${left.kind} and ${right.kind}`, node.at);
    }
    if (node.operator === '**' && node.right.type === 'real') kind = powerKind(left.kind, node.right.value);
    const result = kind;
    return {
      kind: result,
      evaluate: (block, rows) =>
        applyBinary(node.operator, left.evaluate(block, rows), right.evaluate(block, rows), result, rows),
    };
  }

  private call(node: Extract<Node, { type: 'call' }>): Typed {
    const name = bareName(node.name);
    if (missingFunctions.has(name) || /^(ak|lgdo)\./.test(node.name)) {
      throw new MissingFunctionError(node.name, this.expression, node.at);
    }
    if (Object.hasOwn(reductions, name)) {
      throw this.error(
        `${name} reduces all rows to one value and can only be the outermost function`,
        node.at,
      );
    }
    if (name === 'where') return this.where(node);
    const one = elementwise[name] ?? tests[name];
    const two = elementwisePairs[name];
    if (one === undefined && two === undefined)
      throw this.error(`there is no function ${node.name}`, node.at);
    const wanted = one === undefined ? 2 : 1;
    if (node.args.length !== wanted) {
      throw this.error(
        `${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, not ${node.args.length}`,
        node.at,
      );
    }
    const args = node.args.map((arg) => this.compile(arg));
    const common = args.reduce<Kind>((kind, arg) => strongest(kind, arg.kind), 'bool');
    const work = isFloat(common) ? common : 'float64';
    const kind = Object.hasOwn(tests, name) ? 'bool' : work;
    return { kind, evaluate: mapped(kind, work, args, one === undefined ? two! : (x) => Number(one(x))) };
  }

  private where(node: Extract<Node, { type: 'call' }>): Typed {
    if (node.args.length !== 3) throw this.error(`where takes 3 arguments, not ${node.args.length}`, node.at);
    const [test, yes, no] = node.args.map((arg) => this.compile(arg)) as [Typed, Typed, Typed];
    if (test.kind !== 'bool')
      throw this.error(`the first argument of where must be a truth value, not ${test.kind}`, node.at);
    const kind = strongest(yes.kind, no.kind);
    return {
      kind,
      evaluate: (block, rows) => {
        const t = test.evaluate(block, rows);
        const a = cast(yes.evaluate(block, rows), kind);
        const b = cast(no.evaluate(block, rows), kind);
        const out = newArray(kind, rows);
        for (let i = 0; i < rows; i++)
          out[i] = t.data[i * t.step] ? a.data[i * a.step]! : b.data[i * b.step]!;
        return { kind, data: out, step: 1 };
      },
    };
  }

  private error(reason: string, at: number): ExpressionError {
    return new ExpressionError(reason, this.expression, at);
  }
}

/** Constant powers that are worked out by multiplication and square roots keep the kind of their base. */
function powerKind(base: Kind, exponent: number): Kind {
  const simple = Number.isInteger(2 * exponent) && Math.abs(exponent) <= 50;
  if (!simple) return 'float64';
  return isFloat(base) ? base : 'float64';
}

function constant(vector: Vector): Typed {
  return { kind: vector.kind, evaluate: () => vector };
}

function parameter(value: Parameter): Typed {
  if (typeof value === 'boolean')
    return constant({ kind: 'bool', data: Uint8Array.of(value ? 1 : 0), step: 0 });
  if (!Number.isInteger(value)) return constant({ kind: 'float64', data: Float64Array.of(value), step: 0 });
  return Math.abs(value) <= 2147483647
    ? constant({ kind: 'int32', data: Int32Array.of(value), step: 0 })
    : constant({ kind: 'int64', data: BigInt64Array.of(BigInt(value)), step: 0 });
}

function mapped(
  kind: Kind,
  work: 'float32' | 'float64',
  args: readonly Typed[],
  f: (x: number, y: number) => number,
): Evaluate {
  return (block, rows) => {
    const x = cast(args[0]!.evaluate(block, rows), work);
    const y = args[1] === undefined ? x : cast(args[1].evaluate(block, rows), work);
    const step = x.step === 0 && y.step === 0 ? 0 : 1;
    const out = newArray(kind, step === 0 ? 1 : rows);
    for (let i = 0; i < out.length; i++) out[i] = f(x.data[i * x.step]!, y.data[i * y.step]!);
    return { kind, data: out, step };
  };
}

function reduce(
  operand: Typed,
  reduction: { start: number; step: (sum: number, x: number) => number },
): Typed {
  const kind = operand.kind === 'bool' || operand.kind === 'int32' ? 'int64' : operand.kind;
  return {
    kind,
    reduces: true,
    evaluate: (block, rows) => {
      const values = spread(operand.evaluate(block, rows), rows);
      let result = reduction.start;
      for (let i = 0; i < rows; i++) result = reduction.step(result, Number(values.data[i]));
      return cast({ kind: 'float64', data: Float64Array.of(result), step: 0 }, kind);
    },
  };
}

/** One element per row, also for constants. */
function spread(vector: Vector, rows: number): Vector {
  if (vector.step === 1) return vector;
  const out = newArray(vector.kind, rows);
  for (let i = 0; i < rows; i++) out[i] = vector.data[0]!;
  return { kind: vector.kind, data: out, step: 1 };
}
