import { type CallNode, type Node, namesIn } from './ast.js';
import { compileCall } from './calls.js';
import { mapComplex } from './complex.js';
import { fold } from './constants.js';
import { ExpressionError } from './expression-error.js';
import { bareName, own, reductions } from './functions.js';
import { lift, type Place } from './lift.js';
import { keepElements } from './lists.js';
import { insteadOf } from './nearest-names.js';
import { applyBinary, binaryKind } from './operators.js';
import { parseExpression } from './parser.js';
import { reduceRows } from './reduce-rows.js';
import { constant, type Typed } from './typed.js';
import { type ColumnType, cast, isFloat, type Kind, spread, strongest, type Vector } from './vector.js';

/** A value for a name that stands for the same number in every row. Integers are weaker than floats. */
export type Parameter = number | boolean;

/** An expression made ready for columns of known kinds. */
export interface CompiledExpression extends ColumnType {
  /** True when the result is one value for all rows (a reduction). */
  readonly reduces: boolean;
  /** Columns it needs. */
  readonly columns: readonly string[];
  /**
   * Works it out for a block of rows; the result has one value or list per row, or one value in all when it reduces.
   * Throws an ExpressionError when lists that are combined have different lengths.
   */
  evaluate(columns: ReadonlyMap<string, Vector>, rows: number): Vector;
}

/** Names of columns and parameters in an expression. Throws an ExpressionError when it cannot be parsed. */
export function expressionNames(expression: string): string[] {
  return namesIn(parseExpression(expression));
}

/**
 * Types an expression after numexpr's rules: narrow integers are worked in int32, uint32 in int64; float parameters
 * and literals are float64 and promote, integer literals do not; functions of float32 stay float32, of integers give
 * float64. Columns of lists follow the same rules element by element; a number per row goes with every element of
 * the row's list. Parameters shadow columns. NaN follows IEEE 754. With a complex operand everything is complex128.
 * @param columns kind of each column; a bare kind stands for one number per row
 * @param options `complex`: the result may be complex numbers; otherwise that is an error
 * Throws an ExpressionError with the place for unknown names, unknown functions and operators that do not fit.
 */
export function compileExpression(
  expression: string,
  columns: ReadonlyMap<string, Kind | ColumnType>,
  parameters: Readonly<Record<string, Parameter>> = {},
  { complex = false }: { readonly complex?: boolean } = {},
): CompiledExpression {
  const compiler = new Compiler(expression, columns, parameters);
  const node = fold(parseExpression(expression));
  const typed = compiler.outermost(node);
  if (typed.kind === 'complex128' && !complex)
    throw new ExpressionError(
      'it gives complex numbers; take real(…), imag(…) or, for their size, real(abs(…)) of them',
      expression,
      node.at,
    );
  return {
    kind: typed.kind,
    depth: typed.depth,
    reduces: typed.reduces ?? false,
    columns: namesIn(node).filter((name) => !Object.hasOwn(parameters, name) && columns.has(name)),
    evaluate: (block, rows) => {
      const result = typed.evaluate(block, rows);
      return typed.reduces === true ? result : spread(result, rows);
    },
  };
}

/** Of 64 bits. */
const largest = 2n ** 63n - 1n;

const yes: Vector = { kind: 'bool', data: Uint8Array.of(1), step: 0 };
/** In twos complement every bit is set. */
const minusOne: Vector = { kind: 'int32', data: Int32Array.of(-1), step: 0 };

class Compiler {
  constructor(
    private readonly expression: string,
    private readonly columns: ReadonlyMap<string, Kind | ColumnType>,
    private readonly parameters: Readonly<Record<string, Parameter>>,
  ) {}

  outermost(node: Node): Typed {
    if (node.type === 'call' && node.keywords.length === 0) {
      const reduction = own(reductions, bareName(node.name));
      if (reduction !== undefined && node.args.length === 1) {
        const operand = this.compile(node.args[0]!);
        if (operand.kind === 'complex128' && reduction.start !== 0 && reduction.start !== 1)
          throw this.error('complex numbers have no order: there is no least and greatest', node.at);
        if (operand.depth === 0) return reduceRows(operand, reduction);
      }
    }
    return this.compile(node);
  }

  private compile(node: Node): Typed {
    switch (node.type) {
      case 'integer': {
        if (node.value > largest || node.value < -largest - 1n)
          throw this.error('the number is too large for 64 bits: write it as a float, such as 1e20', node.at);
        const wide = node.value > 2147483647n || node.value < -2147483648n;
        return wide
          ? constant({ kind: 'int64', data: BigInt64Array.of(node.value), step: 0 })
          : constant({ kind: 'int32', data: Int32Array.of(Number(node.value)), step: 0 });
      }
      case 'real':
        if (!Number.isFinite(node.value))
          throw this.error('the number is not finite: write inf or nan where one of them is meant', node.at);
        return constant({ kind: 'float64', data: Float64Array.of(node.value), step: 0 });
      case 'boolean':
        return constant({ kind: 'bool', data: Uint8Array.of(node.value ? 1 : 0), step: 0 });
      case 'name':
        return this.name(node.name, node.at);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'pick':
        return this.pick(node);
      case 'call':
        return this.call(node);
      case 'text':
        throw this.error('a text can only stand where a function takes one', node.at);
      case 'none':
        throw this.error('None can only stand where a function takes it', node.at);
      case 'list':
        throw this.error('a list of columns can only be the first argument of ak.concatenate', node.at);
    }
  }

  private name(name: string, at: number): Typed {
    const value = own(this.parameters, name);
    if (value !== undefined) return parameter(value);
    const column = this.columns.get(name);
    if (column !== undefined) {
      const { kind, depth } = typeof column === 'string' ? { kind: column, depth: 0 } : column;
      return { kind, depth, evaluate: (block) => block.get(name)! };
    }
    const bare = bareName(name);
    if (bare === 'nan' || bare === 'inf' || bare === 'pi') {
      const number = { nan: Number.NaN, inf: Infinity, pi: Math.PI }[bare];
      return constant({ kind: 'float64', data: Float64Array.of(number), step: 0 });
    }
    const instead = insteadOf(name, [...this.columns.keys(), ...Object.keys(this.parameters)]);
    throw this.error(`there is no column or parameter ${name}${instead === '' ? '' : ` (${instead})`}`, at);
  }

  private unary(node: Extract<Node, { type: 'unary' }>): Typed {
    const operand = this.compile(node.operand);
    const { operator } = node;
    const kind = operator === '~' ? operand.kind : strongest(operand.kind, 'int32');
    if (operator === '~' && (isFloat(kind) || kind === 'complex128')) {
      throw this.error(`~ needs truth values or integers, not ${kind}`, node.at);
    }
    return lift([operand], kind, this.place(node.at), ([value], length) => {
      const vector = cast(value!, kind);
      if (operator === '+') return vector;
      if (kind === 'complex128' && operator === '-') return mapComplex(vector, ([a, b]) => [-a, -b], length);
      if (operator === '~') return applyBinary('^', vector, kind === 'bool' ? yes : minusOne, kind, length);
      return applyBinary('*', vector, minusOne, kind, length);
    });
  }

  private binary(node: Extract<Node, { type: 'binary' }>): Typed {
    const left = this.compile(node.left);
    const right = this.compile(node.right);
    const { operator } = node;
    let kind = binaryKind(operator, left.kind, right.kind);
    if (kind === undefined) {
      throw this.error(`${operator} does not take ${left.kind} and ${right.kind}`, node.at);
    }
    if (operator === '**' && node.right.type === 'real') kind = powerKind(left.kind, node.right.value);
    const result = kind;
    return lift([left, right], result, this.place(node.at), ([a, b], length) =>
      applyBinary(operator, a!, b!, result, length),
    );
  }

  /** `x[mask]`: the elements of each list where the mask is true. */
  private pick(node: Extract<Node, { type: 'pick' }>): Typed {
    const of = this.compile(node.of);
    const mask = this.compile(node.where);
    if (of.depth === 0 || mask.kind !== 'bool' || mask.depth !== of.depth) {
      throw this.error('[ ] picks elements of lists by truth values of the same lists', node.at);
    }
    const both = lift([of, mask], 'bool', this.place(node.at), ([, chosen]) => chosen!);
    return {
      kind: of.kind,
      depth: of.depth,
      evaluate: (block, rows) => {
        const keep = both.evaluate(block, rows).data as Uint8Array;
        return keepElements(of.evaluate(block, rows), keep);
      },
    };
  }

  private call(node: CallNode): Typed {
    return compileCall(node, (part) => this.compile(part), this.expression);
  }

  private place(at: number): Place {
    return { expression: this.expression, at };
  }

  private error(reason: string, at: number): ExpressionError {
    return new ExpressionError(reason, this.expression, at);
  }
}

/** Constant powers that are worked out by multiplication and square roots keep the kind of their base. */
function powerKind(base: Kind, exponent: number): Kind {
  if (base === 'complex128') return base;
  const simple = Number.isInteger(2 * exponent) && Math.abs(exponent) <= 50;
  if (!simple) return 'float64';
  return isFloat(base) ? base : 'float64';
}

function parameter(value: Parameter): Typed {
  if (typeof value === 'boolean')
    return constant({ kind: 'bool', data: Uint8Array.of(value ? 1 : 0), step: 0 });
  // Beyond 2^53 a number that was read from JSON is not known to its last digit, and beyond 2^63 it is no int64.
  if (!Number.isSafeInteger(value))
    return constant({ kind: 'float64', data: Float64Array.of(value), step: 0 });
  return Math.abs(value) <= 2147483647
    ? constant({ kind: 'int32', data: Int32Array.of(value), step: 0 })
    : constant({ kind: 'int64', data: BigInt64Array.of(BigInt(value)), step: 0 });
}
