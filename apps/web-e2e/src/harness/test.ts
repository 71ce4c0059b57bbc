import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { type Api, signIn } from './api.js';
import { launchBrowser, WatchedPage } from './browser.js';

/** What a test file works with. */
export interface Bench {
  readonly address: string;
  readonly setupLink: string;
  /** The administrator's API; made at the first call. */
  api(): Promise<Api>;
  /** A page of the shared system, signed in as the administrator. */
  page(): Promise<WatchedPage>;
  /** A page without a session, of this system or another. */
  stranger(address?: string): Promise<WatchedPage>;
  /** A signed-in page of another system. */
  pageOf(system: { readonly address: string }, as: Api): Promise<WatchedPage>;
}

/**
 * A browser for the tests of this file. After each test its pages are closed, and it fails when one of them asked
 * another origin or wrote an error into the console.
 */
export function useBench(): Bench {
  const system = inject('system');
  let browser: Browser | undefined;
  let signedIn: Promise<Api> | undefined;
  const open: WatchedPage[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const pages = open.splice(0);
    for (const page of pages) await page.close();
    expect(pages.flatMap((page) => page.unexpected())).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  const newPage = async (address: string, as?: Api): Promise<WatchedPage> => {
    if (browser === undefined) throw new Error('The browser starts before the first test.');
    const page = await WatchedPage.open(browser, address, as === undefined ? {} : { as });
    open.push(page);
    return page;
  };
  const api = (): Promise<Api> => (signedIn ??= signIn(system));
  return {
    address: system.address,
    setupLink: system.setupLink,
    api,
    page: async () => newPage(system.address, await api()),
    stranger: (address = system.address) => newPage(address),
    pageOf: ({ address }, as) => newPage(address, as),
  };
}
