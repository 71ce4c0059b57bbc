import type { Key } from '../core/decoder.js';
import type { KeyEntry } from './out-spec.js';

/** How well an entry of a key list fits a key: not, by `*` alone, or by name, range or pattern. */
export type Fit = 'no' | 'rest' | 'yes';

/** Compares one entry of a key list with a key. */
export function fit(entry: KeyEntry, key: Key): Fit {
  if (entry === '*') return 'rest';
  if (typeof entry === 'number') return Number(key) === entry && key !== '' ? 'yes' : 'no';
  if (typeof entry === 'string') return matches(entry, String(key)) ? 'yes' : 'no';
  return typeof key === 'number' && key >= entry[0] && key <= entry[1] ? 'yes' : 'no';
}

/**
 * Shell-style comparison of a whole text: `*` any characters, `?` one, `[abc]`, `[a-c]` one of these, `[!…]`
 * none of these. A `[` without its `]` stands for itself. Runs in time proportional to both lengths' product.
 */
export function matches(pattern: string, text: string): boolean {
  const parts = [...pattern.matchAll(/\[!?\]?[^\]]*\]|[\s\S]/g)].map((match) => match[0]);
  let states = new Set([0]);
  const close = (state: number, into: Set<number>): void => {
    into.add(state);
    if (parts[state] === '*') close(state + 1, into);
  };
  const start = new Set<number>();
  for (const state of states) close(state, start);
  states = start;
  for (const character of text) {
    const next = new Set<number>();
    for (const state of states) {
      const part = parts[state];
      if (part === undefined) continue;
      if (part === '*') close(state, next);
      else if (accepts(part, character)) close(state + 1, next);
    }
    states = next;
  }
  return states.has(parts.length);
}

function accepts(part: string, character: string): boolean {
  if (part === '?') return true;
  if (part.length < 3 || !part.startsWith('[')) return part === character;
  const negated = part[1] === '!';
  const set = part.slice(negated ? 2 : 1, -1);
  let found = false;
  for (let i = 0; i < set.length; i++) {
    if (set[i + 1] === '-' && i + 2 < set.length) {
      found ||= character >= set[i]! && character <= set[i + 2]!;
      i += 2;
    } else {
      found ||= character === set[i];
    }
  }
  return found !== negated;
}
