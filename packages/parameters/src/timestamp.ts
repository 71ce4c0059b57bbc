/** A moment as files write it, such as `20230318T012144Z`: UTC, whole seconds. `moment` is in milliseconds since 1970. */
export function formatTimestamp(moment: number): string {
  return new Date(moment).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
}

/**
 * Milliseconds since 1970 of `20230318T012144Z`, or of an ISO 8601 time in UTC. Undefined for anything else, and for days
 * that there are not.
 */
export function parseTimestamp(text: string): number | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const iso =
    compact === null
      ? /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.exec(text)?.[0]
      : `${compact[1]}-${compact[2]}-${compact[3]}T${compact[4]}:${compact[5]}:${compact[6]}Z`;
  if (iso === undefined) return undefined;
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return undefined;
  // Date.parse rolls 31 February over into March.
  return new Date(moment).toISOString().slice(0, 16) === iso.slice(0, 16) ? moment : undefined;
}
