const look = /(?<![\w.])db((?:\.[A-Za-z_]\w*)+)/g;

/** Names of the parameters that a configuration reads: `db.pz.tau` anywhere in its texts gives `pz.tau`. Sorted. */
export function referencesIn(configuration: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const [, path] of value.matchAll(look)) found.add(path!.slice(1));
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        visit(key);
        visit(inner);
      }
    }
  };
  visit(configuration);
  return [...found].sort();
}
