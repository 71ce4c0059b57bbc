import { EventError } from '../errors.js';

/** How the hits of an event become one field. */
export type AggregationMode =
  | { readonly type: 'sum' | 'any' | 'all' | 'gather' }
  | { readonly type: 'function' }
  | { readonly type: 'first_at' | 'last_at'; readonly field: string }
  | { readonly type: 'keep_at_ch' | 'keep_at_idx'; readonly field: string };

const plain = ['sum', 'any', 'all', 'gather', 'function'] as const;

/** Reads an aggregation mode. Throws an EventError that lists the modes. */
export function parseMode(text: string): AggregationMode {
  const found = plain.find((mode) => mode === text);
  if (found !== undefined) return { type: found };
  const [mode, field] = split(text);
  if (field !== undefined && (mode === 'first_at' || mode === 'last_at')) return { type: mode, field };
  if (field !== undefined && (mode === 'keep_at_ch' || mode === 'keep_at_idx')) {
    if (!field.startsWith('evt.'))
      throw new EventError(`${mode} needs a field of the event table (evt.…), not ${field}`);
    return { type: mode, field };
  }
  throw new EventError(
    `aggregation_mode "${text}" is none of ${plain.join(', ')}, first_at:tier.field, last_at:tier.field, ` +
      'keep_at_ch:evt.field, keep_at_idx:evt.field',
  );
}

/** Reads `ascend_by:tier.field` or `descend_by:tier.field`. Throws an EventError for anything else. */
export function parseSort(text: string): { readonly field: string; readonly descending: boolean } {
  const [order, field] = split(text);
  if (field !== undefined && (order === 'ascend_by' || order === 'descend_by')) {
    return { field, descending: order === 'descend_by' };
  }
  throw new EventError(`sort "${text}" is neither ascend_by:tier.field nor descend_by:tier.field`);
}

function split(text: string): [string, string | undefined] {
  const cut = text.indexOf(':');
  return cut < 0 ? [text.trim(), undefined] : [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
}
