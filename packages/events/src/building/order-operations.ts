import { EventError } from '../errors.js';
import type { EventOperation } from './event-config.js';

/**
 * Operations so that each comes after those whose fields it uses, otherwise as they are given: configurations may come
 * from stores that do not keep the order of keys. Throws an EventError that names a circle.
 */
export function orderOperations(
  operations: Readonly<Record<string, EventOperation>>,
): readonly (readonly [name: string, operation: EventOperation])[] {
  const ordered: [string, EventOperation][] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    if (path.includes(name)) {
      throw new EventError(`operations.${name} depends on itself: ${[...path, name].join(' -> ')}`);
    }
    const operation = operations[name]!;
    for (const used of fieldsIn(operation)) {
      if (Object.hasOwn(operations, used)) visit(used, [...path, name]);
    }
    done.add(name);
    ordered.push([name, operation]);
  };
  for (const name of Object.keys(operations)) visit(name, []);
  return ordered;
}

/** Names of fields in all texts of an operation; without an aggregation mode they may stand without `evt.`. */
export function fieldsIn({
  expression = '',
  query = '',
  aggregationMode,
  sort = '',
  parameters = {},
}: EventOperation) {
  const texts = [expression, query, aggregationMode ?? '', sort].join(' ');
  const qualified = [...texts.matchAll(/\bevt\.([A-Za-z_]\w*)/g)].map(([, name]) => name!);
  if (aggregationMode !== undefined) return qualified;
  const bare = [...expression.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name);
  return [...qualified, ...bare.filter((name) => !Object.hasOwn(parameters, name))];
}
