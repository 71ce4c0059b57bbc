const secret = /^(password|current|next|token|secret|cookie|authorization|csrfToken)$/i;
const longest = 65_536;

/** A value as the audit table keeps it: plain JSON, 64-bit integers as text, secrets replaced, large ones cut. */
export function plainWithoutSecrets(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value, (key, item: unknown) => {
    if (secret.test(key) && typeof item === 'string') return '***';
    return typeof item === 'bigint' ? item.toString() : item;
  });
  if (text.length > longest) return { cut: true, bytes: text.length, start: text.slice(0, 1000) };
  return JSON.parse(text) as unknown;
}
