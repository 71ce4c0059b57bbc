import type { CallNode } from './ast.js';
import { complexFunctions, complexVector, mapComplex } from './complex.js';
import { ExpressionError, MissingFunctionError } from './expression-error.js';
import {
  bareName,
  elementwise,
  elementwisePairs,
  missingFunctions,
  own,
  reasonsMissing,
  reductions,
  tests,
} from './functions.js';
import { type Elementwise, lift } from './lift.js';
import { compileListCall, listFunctionNames } from './list-calls.js';
import { nearestNames } from './nearest-names.js';
import type { CompilePart, Typed } from './typed.js';
import { cast, isFloat, type Kind, newArray, strongest } from './vector.js';
import { where } from './where-call.js';

const functionNames = [
  ...Object.keys({ ...elementwise, ...elementwisePairs, ...tests, ...reductions }),
  ...['where', 'conj', 'real', 'imag', 'complex'],
];

function listFunctionMeant(name: string): string | undefined {
  const near = nearestNames(name.replace(/^ak\./, ''), listFunctionNames);
  return near.length === 0 ? undefined : `did you mean ${near.map((one) => `ak.${one}`).join(' or ')}?`;
}

/** Types a call of a function of numbers, of numpy (`np.`), or of lists (`ak.`). Throws an ExpressionError. */
export function compileCall(node: CallNode, compile: CompilePart, expression: string): Typed {
  const name = bareName(node.name);
  const error = (reason: string, at = node.at): ExpressionError =>
    new ExpressionError(reason, expression, at);
  if (name === 'real' || name === 'imag') return complexPart(node, name, compile, expression);
  if (name === 'complex') return complexOf(node, compile, expression);
  const inList = compileListCall(node, compile, expression);
  if (inList !== undefined) return inList;
  if (missingFunctions.has(name) || /^(ak|lgdo)\./.test(node.name)) {
    const why = own(reasonsMissing, name) ?? listFunctionMeant(node.name);
    throw new MissingFunctionError(node.name, expression, node.at, why);
  }
  if (Object.hasOwn(reductions, name)) {
    throw error(`${name} reduces all rows to one value and can only be the outermost function`);
  }
  if (name === 'where') return where(node, compile, expression);
  if (name === 'conj') return complexCall(node, name, [onlyArgument(node, compile, expression)], expression);
  const one = own(elementwise, name) ?? own(tests, name);
  const two = own(elementwisePairs, name);
  if (one === undefined && two === undefined) {
    const near = nearestNames(name, functionNames);
    const meant = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
    throw error(`there is no function ${node.name}${meant}`);
  }
  const wanted = one === undefined ? 2 : 1;
  if (node.args.length !== wanted) {
    throw error(`${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, not ${node.args.length}`);
  }
  if (node.keywords.length > 0) throw error(`${name} takes no argument ${node.keywords[0]!.name}`);
  const args = node.args.map(compile);
  const common = args.reduce<Kind>((kind, arg) => strongest(kind, arg.kind), 'bool');
  if (common === 'complex128') return complexCall(node, name, args, expression);
  const work = isFloat(common) ? common : 'float64';
  const kind = Object.hasOwn(tests, name) ? 'bool' : work;
  return lift(
    args,
    kind,
    { expression, at: node.at },
    mapped(kind, work, one === undefined ? two! : (x) => Number(one(x))),
  );
}

/** Real or imaginary part, float64; of real numbers their value and 0. */
function complexPart(node: CallNode, name: 'real' | 'imag', compile: CompilePart, expression: string): Typed {
  const of = onlyArgument(node, compile, expression);
  return lift([of], 'float64', { expression, at: node.at }, ([vector]) => {
    const { data, imaginary, step } = cast(vector!, 'complex128');
    return { kind: 'float64', data: name === 'real' ? data : imaginary!, step };
  });
}

/** `complex(re, im)` out of two real numbers. */
function complexOf(node: CallNode, compile: CompilePart, expression: string): Typed {
  const args = node.args.map(compile);
  if (args.length !== 2 || node.keywords.length > 0 || args.some(({ kind }) => kind === 'complex128'))
    throw new ExpressionError('complex takes 2 real numbers: its parts', expression, node.at);
  return lift(args, 'complex128', { expression, at: node.at }, ([re, im], length) => {
    const [x, y] = [cast(re!, 'float64'), cast(im!, 'float64')];
    const step = x.step === 0 && y.step === 0 ? 0 : 1;
    return complexVector(step === 0 ? 1 : length, step, (row) => [
      x.data[row * x.step]!,
      y.data[row * y.step]!,
    ]);
  });
}

function complexCall(node: CallNode, name: string, args: readonly Typed[], expression: string): Typed {
  const work = own(complexFunctions, name);
  if (work === undefined)
    throw new ExpressionError(
      `${name} takes no complex numbers; take real(…) or imag(…) of them first`,
      expression,
      node.at,
    );
  return lift(args, 'complex128', { expression, at: node.at }, ([of], length) =>
    mapComplex(of!, work, length),
  );
}

function onlyArgument(node: CallNode, compile: CompilePart, expression: string): Typed {
  const [argument, ...others] = node.args;
  if (argument !== undefined && others.length === 0 && node.keywords.length === 0) return compile(argument);
  throw new ExpressionError(
    `${bareName(node.name)} takes 1 argument, not ${node.args.length}`,
    expression,
    node.at,
  );
}

function mapped(kind: Kind, work: 'float32' | 'float64', f: (x: number, y: number) => number): Elementwise {
  return ([first, second], length) => {
    const x = cast(first!, work);
    const y = second === undefined ? x : cast(second, work);
    const step = x.step === 0 && y.step === 0 ? 0 : 1;
    const out = newArray(kind, step === 0 ? 1 : length);
    for (let i = 0; i < out.length; i++) out[i] = f(x.data[i * x.step]!, y.data[i * y.step]!);
    return { kind, data: out, step };
  };
}
