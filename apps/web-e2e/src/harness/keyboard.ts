import type { Locator, Page } from 'playwright-core';

/** A person without a mouse. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Presses Tab until the control has the focus; fails when it cannot be reached in a whole round of the page. */
  async reach(target: Locator, most = 120): Promise<void> {
    await target.waitFor();
    for (let step = 0; step < most; step++) {
      if (await target.evaluate((element) => element.contains(document.activeElement))) return;
      await this.press('Tab');
    }
    throw new Error(`Not reached with ${most} times Tab: ${target.toString()}`);
  }

  /** Reaches a button or link and presses Enter on it. */
  async choose(target: Locator): Promise<void> {
    await this.reach(target);
    await this.press('Enter');
  }
}
