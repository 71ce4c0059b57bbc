import { UsageError } from './usage-error.js';

/** Name and value of an argument such as `timestamp=1e-5`. */
export function namedText(text: string, option: string): [name: string, value: string] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new UsageError(`${option} ${text}: give a name, "=" and a value`);
  return [text.slice(0, cut), text.slice(cut + 1)];
}
