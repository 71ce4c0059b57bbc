import { canonicalJson, type JsonValue } from '@countroom/contracts/canonical-json';

/** Values by name, nested: `{ pz: { tau: "180*us" } }`. Lists are values, not levels. */
export interface ParameterTree {
  readonly [name: string]: JsonValue;
}

/** True for a level of a tree, false for values and lists. */
export function isTree(value: unknown): value is ParameterTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Both trees in one: where both have a value the upper one counts, level by level. Neither is changed. */
export function mergeTrees(lower: ParameterTree, upper: ParameterTree): ParameterTree {
  const merged = new Map<string, JsonValue>(Object.entries(lower));
  for (const [name, value] of Object.entries(upper)) {
    const below = merged.get(name);
    merged.set(name, isTree(below) && isTree(value) ? mergeTrees(below, value) : value);
  }
  return Object.fromEntries(merged);
}

/**
 * What stands at a path (`pz.tau`), or undefined. Names may have points themselves, as energies of lines do
 * (`fwhm.2614.5`): the shorter name counts where both are there.
 */
export function valueAt(tree: ParameterTree, path: string): JsonValue | undefined {
  for (let end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
    const name = path.slice(0, end);
    const inner = Object.hasOwn(tree, name) ? tree[name] : undefined;
    const found = isTree(inner) ? valueAt(inner, path.slice(end + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return Object.hasOwn(tree, path) ? tree[path] : undefined;
}

/** A number that JSON has no word for (NaN, infinite), and where; undefined in a tree that can be kept. */
export function oddNumber(value: unknown, above = ''): { path: string; value: number } | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path: above, value };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = oddNumber(inner, above === '' ? name : `${above}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The part of a tree that the paths name; what is not there is left out. */
export function pickPaths(tree: ParameterTree, paths: Iterable<string>): ParameterTree {
  let picked: ParameterTree = {};
  for (const path of paths) {
    const value = valueAt(tree, path);
    if (value === undefined) continue;
    const branch = path.split('.').reduceRight<JsonValue>((inner, step) => ({ [step]: inner }), value);
    if (isTree(branch)) picked = mergeTrees(picked, branch);
  }
  return picked;
}

/** One value of a tree and where it stands. */
export interface Leaf {
  /** Names of the levels, outermost first. */
  readonly path: readonly string[];
  readonly value: JsonValue;
}

/** Every value of a tree, in order of its names; an empty level counts as a value. */
export function leavesOf(tree: ParameterTree, above: readonly string[] = []): Leaf[] {
  return Object.keys(tree)
    .sort()
    .flatMap((name) => {
      const value = tree[name]!;
      const path = [...above, name];
      return isTree(value) && Object.keys(value).length > 0 ? leavesOf(value, path) : [{ path, value }];
    });
}

/** One value that two trees do not share. */
export interface TreeChange {
  readonly path: readonly string[];
  /** Undefined when it was added. */
  readonly before: JsonValue | undefined;
  /** Undefined when it was taken away. */
  readonly after: JsonValue | undefined;
}

/** What has changed from one tree to another, value by value, in order of the paths. */
export function diffTrees(before: ParameterTree, after: ParameterTree): TreeChange[] {
  const changes = new Map<string, TreeChange>();
  const keyOf = (path: readonly string[]): string => JSON.stringify(path);
  for (const { path, value } of leavesOf(before))
    changes.set(keyOf(path), { path, before: value, after: undefined });
  for (const { path, value } of leavesOf(after)) {
    const old = changes.get(keyOf(path))?.before;
    if (old !== undefined && canonicalJson(old) === canonicalJson(value)) changes.delete(keyOf(path));
    else changes.set(keyOf(path), { path, before: old, after: value });
  }
  return [...changes.values()].sort((a, b) => (keyOf(a.path) < keyOf(b.path) ? -1 : 1));
}
