/** ISO 8601 time in UTC of what a person wrote (`2026-03-18 01:21`, `20260318T012144Z`), or undefined. */
export function momentOf(text: string): string | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text.trim());
  const iso =
    compact === null
      ? text.trim().replace(' ', 'T').replace(/Z?$/, 'Z')
      : `${compact.slice(1, 4).join('-')}T${compact.slice(4).join(':')}Z`;
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(iso) ? new Date(iso) : undefined;
  return moment === undefined || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
