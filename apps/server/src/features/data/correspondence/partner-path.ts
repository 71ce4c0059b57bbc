/**
 * The table among `paths` whose rows are those of the table `path` of another tier: at the same path, or in the same place
 * but for its last name (`ch1/raw` for `ch1/hit`). Undefined when there is none.
 */
export function partnerPath(paths: readonly string[], path: string): string | undefined {
  if (paths.includes(path)) return path;
  const place = placeOf(path);
  return place === '' ? undefined : paths.find((other) => placeOf(other) === place);
}

function placeOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
