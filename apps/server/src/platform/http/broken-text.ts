const broken = /\0|\p{Surrogate}/u;

/** True when some text or key in it cannot be stored: zero bytes, and surrogates without their other half. */
export function holdsBrokenText(value: unknown): boolean {
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const item = rest.pop();
    if (typeof item === 'string') {
      if (broken.test(item)) return true;
    } else if (Array.isArray(item)) {
      for (const inner of item) rest.push(inner);
    } else if (typeof item === 'object' && item !== null) {
      for (const [key, inner] of Object.entries(item)) rest.push(key, inner);
    }
  }
  return false;
}
