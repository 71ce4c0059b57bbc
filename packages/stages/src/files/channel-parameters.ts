import type { ParameterDatabase } from '@countroom/dsp';

/**
 * Parameters of a table's channel: those under the first part of its path that is not `raw`, none when the database has
 * no such entry, all when the path names no channel.
 */
export function parametersOf(database: Readonly<Record<string, unknown>>, path: string): ParameterDatabase {
  const channel = path.split('/').find((part) => part !== '' && part !== 'raw');
  if (channel === undefined) return database;
  const found = Object.hasOwn(database, channel) ? database[channel] : undefined;
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as ParameterDatabase)
    : {};
}
