import { existsSync } from 'node:fs';
import { DriverError, listSegments, recoverSpool } from '@countroom/drivers';

/**
 * Closed segments, source after source, each in order. What a spool that could not write any more left open is brought in
 * order first; nobody writes there now.
 */
export function segmentsOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  if (listSegments(folder).open.length > 0) recoverSpool(folder);
  const { closed, open } = listSegments(folder);
  if (closed.length === 0 && open.length > 0) {
    throw new DriverError('spool-format', folder, `no segment in ${folder} can be read`);
  }
  return closed;
}
