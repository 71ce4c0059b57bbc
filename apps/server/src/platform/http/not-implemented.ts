/** Declared endpoints whose feature is not built in yet. May only shrink: a handler that appears must be taken off. */
export const notImplemented: readonly string[] = [];
