/** Listed objects (`file:path`) that cannot be read yet. This list may only shrink. */
export const missing: readonly string[] = [];
