import type { CallNode } from './ast.js';
import { ExpressionError } from './expression-error.js';
import { lift } from './lift.js';
import type { CompilePart, Typed } from './typed.js';
import { cast, newArray, strongest } from './vector.js';

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
    const out = newArray(kind, length);
    for (let i = 0; i < length; i++) {
      out[i] = t!.data[i * t!.step] ? a.data[i * a.step]! : b.data[i * b.step]!;
    }
    return { kind, data: out, step: 1 };
  });
}
