import type { Expression } from './ast.js';

/** The direct parts of an expression. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'constant':
    case 'text':
    case 'name':
      return [];
    case 'list':
      return expression.items;
    case 'attribute':
      return [expression.object];
    case 'negative':
      return [expression.operand];
    case 'arithmetic':
    case 'comparison':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.yes, expression.no];
    case 'index':
      return [expression.object, expression.index];
    case 'slice':
      return [expression.object, expression.start, expression.stop, expression.step].filter(
        (part) => part !== undefined,
      );
    case 'call':
      return [expression.callee, ...expression.args, ...expression.keywords.values()];
  }
}

/**
 * All names that an expression mentions, in order, once each: variables, units, functions, modules. The caller
 * knows which is which. `vector_len` names a variable too.
 */
export function namesIn(expression: Expression): string[] {
  const names = new Set<string>();
  const walk = (part: Expression): void => {
    if (part.kind === 'name') names.add(part.name);
    for (const child of children(part)) walk(child);
  };
  walk(expression);
  return [...names];
}
