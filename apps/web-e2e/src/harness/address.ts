import type { Page } from 'playwright-core';
import { waitFor } from './wait-for.js';

/** What an entry of the address is now; null where there is none. */
export function entryOf(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}

/** Waits until an entry of the address says what is wanted: it may come a moment after what made it. */
export function waitForEntry(page: Page, name: string, isWanted: (text: string) => boolean): Promise<string> {
  return waitFor(`another "${name}" in ${page.url()}`, () => {
    const text = entryOf(page, name);
    return text !== null && isWanted(text) && text;
  });
}
