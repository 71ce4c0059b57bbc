const secret = /^(password|current|next|token|secret|cookie|authorization|csrfToken)$/i;
const longest = 65_536;

/** A value as the audit table keeps it: plain JSON, 64-bit integers as text, secrets replaced, large ones cut. */
export function plainWithoutSecrets(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const text = textOf(value);
  if (text === undefined) return { cut: true };
  if (text.length > longest) return { cut: true, bytes: text.length, start: text.slice(0, 1000) };
  return JSON.parse(text) as unknown;
}

/** Undefined for what is nested so deeply that it has no text. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, replaceSecret);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function replaceSecret(key: string, item: unknown): unknown {
  if (secret.test(key) && typeof item === 'string') return '***';
  return typeof item === 'bigint' ? item.toString() : item;
}
