import { expressionNames } from '@countroom/expressions';
import { StageError } from '@countroom/pipeline';
import type { HitOperation } from './hit-config.js';

const stage = 'dsp_to_hit';

/**
 * Operations in an order in which each comes after those whose columns it uses (parameters shadow columns). Throws a
 * StageError that shows the circle when there is one, or where an expression cannot be parsed.
 */
export function orderOperations(
  operations: Readonly<Record<string, HitOperation>>,
): [string, HitOperation][] {
  const ordered: [string, HitOperation][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, path: readonly string[]): void => {
    const operation = operations[name];
    if (operation === undefined || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      const circle = [...path.slice(path.indexOf(name)), name].join(' -> ');
      throw new StageError(stage, `operations depend on each other in a circle: ${circle}`);
    }
    state.set(name, 'open');
    for (const used of usedNames(name, operation)) {
      if (!Object.hasOwn(operation.parameters, used)) visit(used, [...path, name]);
    }
    state.set(name, 'done');
    ordered.push([name, operation]);
  };
  for (const name of Object.keys(operations)) visit(name, []);
  return ordered;
}

function usedNames(name: string, operation: HitOperation): string[] {
  try {
    return expressionNames(operation.expression);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StageError(
      stage,
      `operations.${name}.expression: ${why}`,
      [{ path: `operations.${name}.expression`, message: why }],
      cause,
    );
  }
}
