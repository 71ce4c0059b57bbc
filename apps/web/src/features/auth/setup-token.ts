/** The token in a fragment: `#token=…`, or the bare token; empty when there is none. */
export function setupToken(hash: string): string {
  const text = hash.replace(/^#/, '');
  if (!text.includes('=')) return decodeURIComponent(text);
  return new URLSearchParams(text).get('token') ?? '';
}
