import type { Json } from '../form/schema-node';

/** One line of a JSON document drawn as a tree. */
export interface JsonRow {
  /** Keys from the root, joined with dots; the root is empty. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly kind: 'object' | 'array' | 'value';
  /** Value of a leaf, or how much is inside. */
  readonly text: string;
  readonly open: boolean;
  /** The search found this very line. */
  readonly hit: boolean;
}

function entriesOf(value: Json): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => [String(index), item]);
  return typeof value === 'object' && value !== null ? Object.entries(value as Record<string, Json>) : [];
}

function kindOf(value: Json): JsonRow['kind'] {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' && value !== null ? 'object' : 'value';
}

function insideText(value: Json): string {
  const count = entriesOf(value).length;
  const what = Array.isArray(value) ? 'item' : 'field';
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function leafText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Lines of a document. Without a search, `toggled` holds what is not as it is at first (open down to `openDepth`); with
 * one, only lines that fit, what is in them, and the way to them are left, and all are open.
 */
export function jsonRows(
  value: Json,
  options: { readonly toggled: ReadonlySet<string>; readonly search: string; readonly openDepth: number },
): JsonRow[] {
  const search = options.search.trim().toLowerCase();
  const rows: JsonRow[] = [];
  const walk = (name: string, path: string, item: Json, depth: number, inHit: boolean): boolean => {
    const kind = kindOf(item);
    const own = kind === 'value' ? leafText(item) : '';
    const hit = search !== '' && (name.toLowerCase().includes(search) || own.toLowerCase().includes(search));
    const open =
      kind !== 'value' && (search !== '' || depth < options.openDepth !== options.toggled.has(path));
    const at = rows.length;
    rows.push({ path, name, depth, kind, text: kind === 'value' ? own : insideText(item), open, hit });
    let fits = search === '' || hit || inHit;
    if (open) {
      for (const [key, child] of entriesOf(item)) {
        const below = walk(key, path === '' ? key : `${path}.${key}`, child, depth + 1, inHit || hit);
        fits = fits || below;
      }
    }
    if (!fits) rows.length = at;
    return fits;
  };
  for (const [key, item] of entriesOf(value)) walk(key, key, item, 0, false);
  if (kindOf(value) === 'value') walk('', '', value, 0, false);
  return rows;
}
