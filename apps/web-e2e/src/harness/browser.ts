import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Api } from './api.js';
import { browserPath } from './workspace.js';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium with a profile of its own. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath, args });
}

/** A page together with everything that it must not do. */
export class WatchedPage {
  private readonly faults: string[] = [];
  private readonly expected: RegExp[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly origin: string,
  ) {
    context.on('request', (request) => this.checkAddress(request.url()));
    context.on('page', (opened) => this.watch(opened));
  }

  static async open(browser: Browser, origin: string, options: PageOptions = {}): Promise<WatchedPage> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
      ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
    });
    if (options.as !== undefined) {
      const [name = '', ...value] = options.as.cookie.split('=');
      await context.addCookies([
        { name, value: value.join('='), url: origin, httpOnly: true, sameSite: 'Strict' },
      ]);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(options.patienceMs ?? 30_000);
    const watched = new WatchedPage(page, context, origin);
    watched.watch(page);
    return watched;
  }

  /** Opens a path of the system and waits until its heading is there. */
  async goto(path: string, heading?: string | RegExp): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
    if (heading !== undefined) {
      await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
  }

  /** Lines of the console that belong to what the test does: a server that is away, an error that was put in. */
  expectFaults(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** Requests to other origins, errors in the console (also broken content policies), exceptions. */
  unexpected(): readonly string[] {
    return this.faults.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  private watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.faults.push(`exception: ${error.stack ?? error.message}`));
    page.on('websocket', (socket) => this.checkAddress(socket.url().replace(/^ws/, 'http')));
  }

  private checkAddress(address: string): void {
    const { protocol, origin } = new URL(address);
    if (protocol === 'data:' || protocol === 'blob:' || origin === this.origin) return;
    this.faults.push(`outside request: ${address}`);
  }
}

interface PageOptions {
  readonly as?: Api;
  readonly colorScheme?: 'light' | 'dark';
  readonly patienceMs?: number;
}
