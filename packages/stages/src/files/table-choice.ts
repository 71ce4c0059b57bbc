import { StageError } from '@countroom/pipeline';

/**
 * Whether a path fits a pattern: `*` and `?` as in a shell (a `*` also spans `/`), `[a-c]` for one of several
 * characters; everything else as it is.
 */
export function matchesPath(path: string, pattern: string): boolean {
  const source = pattern
    .replace(/^\/+|\/+$/g, '')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  try {
    return new RegExp(`^${source}$`, 's').test(path);
  } catch {
    return path === pattern;
  }
}

/**
 * The paths that the patterns choose (with `fits`), in the order of `paths`. Throws a StageError for a pattern that chooses nothing,
 * with the paths that there are.
 */
export function choosePaths(
  stage: string,
  paths: readonly string[],
  patterns: readonly string[],
  fits = matchesPath,
): string[] {
  for (const pattern of patterns) {
    if (!paths.some((path) => fits(path, pattern))) {
      throw new StageError(
        stage,
        `no table fits "${pattern}"; the input has ${paths.join(', ') || 'no tables'}`,
      );
    }
  }
  return paths.filter((path) => patterns.some((pattern) => fits(path, pattern)));
}

/** The path with its last component `from` (or the first one found) replaced: `ch1/raw` becomes `ch1/dsp`. */
export function renameTier(path: string, from: string, to: string): string {
  const parts = path.split('/');
  const last = parts.lastIndexOf(from);
  if (last >= 0) parts[last] = to;
  return parts.join('/');
}
