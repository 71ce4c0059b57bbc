/** A time in a text for people, `2026-11-21 05:26:33 UTC`, out of its ISO form. */
export function momentText(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace('T', ' ').concat(' UTC');
}
