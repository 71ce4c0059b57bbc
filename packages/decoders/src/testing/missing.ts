/**
 * What the test data holds and this package does not read yet. The list may only shrink: the vector suite fails when
 * something in it works, and when something fails that is not in it.
 */
export const missing = {
  /** Input formats without a decoder. */
  formats: [] as readonly string[],
} as const;
