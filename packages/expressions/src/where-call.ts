import type { CallNode } from './ast.js';
import { ExpressionError } from './expression-error.js';
import { lift } from './lift.js';
import { compiledLoops } from './loops/compiled-loops.js';
import { plainChoose } from './loops/plain-loops.js';
import type { CompilePart, Typed } from './typed.js';
import { cast, newArray, strongest, type Vector } from './vector.js';

/** `where(test, yes, no)`, element by element; also as `ak.where`. */
export function where(node: CallNode, compile: CompilePart, expression: string): Typed {
  if (node.args.length !== 3) {
    throw new ExpressionError(`where takes 3 arguments, not ${node.args.length}`, expression, node.at);
  }
  const [test, yes, no] = node.args.map(compile) as [Typed, Typed, Typed];
  if (test.kind !== 'bool') {
    const reason = `the first argument of where must be a truth value, not ${test.kind}`;
    throw new ExpressionError(reason, expression, node.at);
  }
  const kind = strongest(yes.kind, no.kind);
  return lift([test, yes, no], kind, { expression, at: node.at }, ([t, x, y], length) => {
    const [a, b] = [cast(x!, kind), cast(y!, kind)];
    if (kind === 'complex128') return chooseComplex(t!, a, b, length);
    const out = newArray(kind, length);
    const loops = compiledLoops();
    if (loops === undefined) plainChoose(t!, a, b, out);
    else loops.choose(t!, a, b, out);
    return { kind, data: out, step: 1 };
  });
}

function chooseComplex(test: Vector, a: Vector, b: Vector, length: number): Vector {
  const data = new Float64Array(length);
  const imaginary = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const from = test.data[i * test.step] ? a : b;
    data[i] = Number(from.data[i * from.step]);
    imaginary[i] = from.imaginary![i * from.step]!;
  }
  return { kind: 'complex128', data, imaginary, step: 1 };
}
