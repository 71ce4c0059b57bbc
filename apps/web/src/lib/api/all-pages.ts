/** One page of a list, and the cursor of the next; null at the end. */
interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Everything in a list that comes page by page: for what has to look at all of it, whatever its length. */
export async function allPages<T>(ask: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}
