import { readStructuredFile } from './structured-file.js';

/** Names and values, as JSON's objects have them. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lays values over others: mappings one by one, everything else as a whole. */
export function over(
  lower: Readonly<Record<string, unknown>>,
  upper: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...lower };
  for (const [name, value] of Object.entries(upper)) {
    const below = merged[name];
    merged[name] = isRecord(below) && isRecord(value) ? over(below, value) : value;
  }
  return merged;
}

/** Parameters by channel from files of JSON or YAML; of several files the later ones win. */
export async function readDatabases(files: readonly string[] = []): Promise<Record<string, unknown>> {
  let merged: Record<string, unknown> = {};
  for (const file of files) {
    const content = await readStructuredFile(file);
    if (!isRecord(content))
      throw new Error(`${file} must hold an object: channel or pattern, and parameters`);
    merged = over(merged, content);
  }
  return merged;
}
