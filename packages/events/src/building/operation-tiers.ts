import { expressionNames } from '@countroom/expressions';
import { parseCall } from './call-text.js';
import type { EventOperation } from './event-config.js';
import type { EventFunction } from './event-functions.js';

/**
 * Tiers (`hit`, `dsp` …) whose columns the operations of a configuration name; `evt` and `tcm` are none. What cannot be
 * read is left out: the plan of the events tells its fault.
 */
export function tiersOf(
  operations: readonly EventOperation[],
  functions: readonly EventFunction[],
): ReadonlySet<string> {
  const tiers = new Set<string>();
  const note = (names: readonly string[]): void => {
    for (const name of names) {
      const tier = /^([A-Za-z_]\w*)\./.exec(name)?.[1];
      if (tier !== undefined && !notTiers.has(tier)) tiers.add(tier);
    }
  };
  for (const operation of operations) {
    const { aggregationMode = '', expression = '', query, sort = '' } = operation;
    const texts = [query ?? '0', ...(aggregationMode === 'function' ? [] : [expression])];
    for (const text of texts) note(readable(() => expressionNames(text)));
    note([aggregationMode.split(':')[1] ?? '', sort.split(':')[1] ?? '']);
    if (aggregationMode === 'function') note(readable(() => columnsOfCall(expression, functions)));
  }
  return tiers;
}

const notTiers = new Set(['evt', 'tcm', 'np', 'numpy', 'ak']);

function columnsOfCall(expression: string, functions: readonly EventFunction[]): readonly string[] {
  const { name, args } = parseCall(expression);
  const found = functions.find((one) => name === one.name || name.endsWith(`.${one.name}`));
  return found?.prepare(args).columns ?? [];
}

function readable(names: () => readonly string[]): readonly string[] {
  try {
    return names();
  } catch {
    return [];
  }
}
