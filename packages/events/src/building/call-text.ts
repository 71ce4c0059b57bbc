import { EventError } from '../errors.js';
import type { EventArguments } from './event-functions.js';

/**
 * Reads a call as configurations write it: `module.path.func(<...>, key=value, …)`. What stands before the first comma
 * is filled in by the program and may be anything; values are numbers, truth values, None, quoted texts, or bare names.
 * Throws an EventError for anything else.
 */
export function parseCall(text: string): { readonly name: string; readonly args: EventArguments } {
  const call = /^\s*([A-Za-z_][\w.]*)\s*\((.*)\)\s*$/s.exec(text);
  if (call === null)
    throw new EventError(`expression: "${text}" is no call like module.func(<...>, key=value)`);
  const parts = splitArguments(call[2]!).map((part) => part.trim());
  const given = parts.filter((part, i) => part !== '' && (i > 0 || /^\w+\s*=/.test(part)));
  const args = given.map((part): [string, EventArguments[string]] => {
    const found = /^(\w+)\s*=\s*(.+)$/s.exec(part);
    if (found === null) throw new EventError(`expression: "${part}" is no argument like key=value`);
    return [found[1]!, valueOf(found[2]!.trim())];
  });
  return { name: call[1]!, args: Object.fromEntries(args) };
}

/** Cuts at commas that are in no quotes and brackets. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if ('([<{'.includes(sign)) depth++;
    else if (')]>}'.includes(sign)) depth--;
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function valueOf(text: string): EventArguments[string] {
  if (text === 'True' || text === 'False') return text === 'True';
  if (text === 'None') return null;
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted !== null) return quoted[2]!;
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? text : number;
}
