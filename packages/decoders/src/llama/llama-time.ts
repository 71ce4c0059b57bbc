/**
 * Start of a run from its file name, unix time in s: YYYYMMDD, then `-`, `T` or nothing, then HHMMSS, then `Z` for
 * UTC. Without `Z` the time is of the zone `utcOffsetMinutes` east of Greenwich, or of this process. Exact to 1 s.
 * Undefined when the name holds no such time.
 */
export function startTimeOf(name: string, utcOffsetMinutes?: number): number | undefined {
  const match = /(?<!\d)(\d{4})(\d\d)(\d\d)[-T]?(\d\d)(\d\d)(\d\d)(Z?)(?!\d)/.exec(name);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const utc = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const back = new Date(utc * 1000);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59)
    return undefined;
  if (match[7] === 'Z') return utc;
  if (utcOffsetMinutes !== undefined) return utc - 60 * utcOffsetMinutes;
  return new Date(year, month - 1, day, hour, minute, second).getTime() / 1000;
}
