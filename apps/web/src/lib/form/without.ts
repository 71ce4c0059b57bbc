/** A copy of an object without some of its keys. */
export function without<T extends object>(object: T, ...keys: readonly string[]): Omit<T, never> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T;
}
