/** Channel of a table by its name (`ch0000003/raw`); undefined for tables of no channel. */
export function channelOf(table: string): number | undefined {
  const digits = /^ch(\d+)(?:\/|$)/.exec(table)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
