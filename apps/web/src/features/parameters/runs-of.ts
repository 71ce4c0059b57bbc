/** First and last run of `12`, `12-15`, `12-` or `-15`; no limits of an empty text; undefined for anything else. */
export function runsOf(text: string): { firstRun: number | null; lastRun: number | null } | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return { firstRun: null, lastRun: null };
  const [, first = '', dash, last = ''] = /^(\d{0,9})(?:\s*(-|–)\s*(\d{0,9}))?$/.exec(trimmed) ?? [];
  if (first === '' && last === '') return undefined;
  const number = (digits: string): number | null => (digits === '' ? null : Number(digits));
  return { firstRun: number(first), lastRun: dash === undefined ? number(first) : number(last) };
}
