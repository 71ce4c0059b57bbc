import type { Json } from '../../lib/form/schema-node';

type Fields = Readonly<Record<string, Json>>;

const width = 56;
const topOrder = ['outputs', 'inputs', 'processors'];
const fieldOrder = ['description', 'function', 'module', 'init_args', 'args', 'kwargs', 'unit', 'defaults'];

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesOf(key: string): string[] {
  return key.split(/[\s,]+/).filter((name) => name !== '');
}

/** Entries in the order in which they depend on each other; else as they stand. */
function inOrder(processors: Fields): (readonly [string, Json])[] {
  const maker = new Map(
    Object.keys(processors).flatMap((key) => namesOf(key).map((name) => [name, key] as const)),
  );
  const done = new Set<string>();
  const ordered: (readonly [string, Json])[] = [];
  const visit = (key: string): void => {
    if (done.has(key)) return;
    done.add(key);
    const recipe = processors[key]!;
    const source = isFields(recipe) ? [recipe['function'], recipe['args'], recipe['init_args']] : [recipe];
    for (const word of JSON.stringify(source).match(/[A-Za-z_]\w*/g) ?? []) {
      const needed = maker.get(word);
      if (needed !== undefined && needed !== key) visit(needed);
    }
    ordered.push([key, recipe]);
  };
  Object.keys(processors).forEach(visit);
  return ordered;
}

function sorted(
  entries: readonly (readonly [string, Json])[],
  order: readonly string[],
): (readonly [string, Json])[] {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return entries.toSorted(([a], [b]) => rank(a) - rank(b));
}

function write(value: Json, indent: string): string {
  const line = JSON.stringify(value, null, 1)
    .replaceAll(/\n\s*/g, ' ')
    .replaceAll('[ ', '[')
    .replaceAll(' ]', ']');
  const isFlat = !isFields(value) && !(Array.isArray(value) && (value as readonly Json[]).some(isFields));
  if (isFlat && indent.length + line.length <= width) return line;
  if (typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? (value as readonly Json[]).map((item) => write(item, inner))
    : Object.entries(value as Fields).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${close}`;
  if (isFlat) return `${open}\n${filled(parts, inner)}\n${indent}${close}`;
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`;
}

/** Parts one after the other, as many on a line as there is room for. */
function filled(parts: readonly string[], indent: string): string {
  const lines: string[] = [];
  parts.forEach((part, index) => {
    const word = index < parts.length - 1 ? `${part},` : part;
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  });
  return lines.join('\n');
}

/**
 * A chain as text: outputs first, processors in the order in which they depend on each other, lists on one line where they
 * fit. Stored configurations do not keep the order of keys.
 */
export function chainText(chain: Json): string {
  if (!isFields(chain)) return JSON.stringify(chain, null, 2);
  const { processors } = chain;
  const ordered: Json = Object.fromEntries(sorted(Object.entries(chain), topOrder));
  if (!isFields(processors)) return write(ordered, '');
  const recipes = inOrder(processors).map(([key, recipe]) => [
    key,
    isFields(recipe) ? Object.fromEntries(sorted(Object.entries(recipe), fieldOrder)) : recipe,
  ]);
  return write({ ...ordered, processors: Object.fromEntries(recipes) as Json }, '');
}
