import { StageError } from '@countroom/pipeline';

/** Name of what works with productions, for error texts. */
export const stage = 'production';

/** Values of the fields of a pattern. */
export type Fields = Readonly<Record<string, string | number>>;

/** A pattern with `{fields}`, such as `{period}/{run}/l200-{period}-{run}-tier_raw.lh5` or `ch{ch:03d}/raw`. */
export interface FilePattern {
  /** Names of the fields, in the order of their first appearance. */
  readonly fields: readonly string[];
  /** Values of the fields of a text that fits, else undefined. A field that stands twice has one value. */
  match(text: string): Fields | undefined;
  /** The text for values of the fields; undefined when one is not given. */
  fill(fields: Fields): string | undefined;
}

interface Field {
  readonly name: string;
  /** Digits, at least so many; undefined: a text without a slash. */
  readonly digits: number | undefined;
}

/**
 * Reads a pattern. `{name}` stands for a text without a slash, `{name:03d}` for a number with leading zeros. Throws a
 * StageError for braces that are not closed and other formats.
 */
export function filePattern(pattern: string, place: string): FilePattern {
  const parts = pattern.split(/(\{[^{}]*\})/).filter((part) => part !== '');
  const read = parts.map((part): string | Field => {
    if (!part.startsWith('{')) {
      if (!/[{}]/.test(part)) return part;
      throw new StageError(stage, `${place}: a brace of ${pattern} is not closed`);
    }
    const found = /^\{([A-Za-z_]\w*)(?::0?(\d*)d)?\}$/.exec(part);
    if (found === null)
      throw new StageError(stage, `${place}: ${part} is no field such as {run} or {ch:03d}`);
    return { name: found[1]!, digits: part.includes(':') ? Number(found[2]! || '1') : undefined };
  });
  const expression = new RegExp(`^${sourceOf(read)}$`);
  const fields = read.filter((part) => typeof part === 'object');
  const numbers = new Set(fields.flatMap(({ name, digits }) => (digits === undefined ? [] : [name])));
  return {
    fields: [...new Set(fields.map(({ name }) => name))],
    match(text) {
      const groups = expression.exec(text)?.groups;
      if (groups === undefined) return expression.test(text) ? {} : undefined;
      return Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [name, numbers.has(name) ? Number(value) : value]),
      );
    },
    fill(values) {
      const filled = read.map((part) => {
        if (typeof part === 'string') return part;
        const value = values[part.name];
        return value === undefined ? undefined : String(value).padStart(part.digits ?? 0, '0');
      });
      return filled.includes(undefined) ? undefined : filled.join('');
    },
  };
}

function sourceOf(parts: readonly (string | Field)[]): string {
  const seen = new Set<string>();
  return parts
    .map((part) => {
      if (typeof part === 'string') return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const { name, digits } = part;
      if (seen.has(name)) return `\\k<${name}>`;
      seen.add(name);
      return `(?<${name}>${digits === undefined ? '[^/]+?' : `\\d{${digits},}`})`;
    })
    .join('');
}
