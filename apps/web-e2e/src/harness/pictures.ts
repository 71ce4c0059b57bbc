import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { axeViolations } from './axe.js';

const schemes = ['light', 'dark'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 360, height: 800 },
] as const;

/**
 * Takes a page as it is in both colour schemes and both sizes: pictures for people, and a list of what can be found
 * without them: what axe says, and parts that stick out at the side.
 */
export async function takePictures(page: Page, folder: string, name: string): Promise<string[]> {
  const faults: string[] = [];
  const target = join(inject('pictures'), folder);
  mkdirSync(target, { recursive: true });
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const where = `${folder}/${name} ${colorScheme} ${size.width}`;
      const path = join(target, `${name}-${colorScheme}-${size.width}.png`);
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      faults.push(...(await axeViolations(page)).map((fault) => `${where}: ${fault}`));
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) faults.push(`${folder}/${name} ${size.width}: wider than the window by ${over} px`);
  }
  await page.setViewportSize(sizes[0]);
  return faults;
}

/** Nothing is being loaded, and what was changed has been drawn. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let count = 0; count < 4; count++) await frame();
  });
}
