import type { Page } from 'playwright-core';

const most = 400;

interface Stop {
  readonly control: string;
  readonly named: boolean;
  readonly marked: boolean;
  readonly inView: boolean;
  readonly again: boolean;
}

/**
 * Presses Tab from the top of a page until the focus leaves it. Gives what is wrong: controls without a name, without a
 * visible mark of the focus, outside of the window, and a focus that does not come out again.
 */
export async function tabThrough(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  const faults: string[] = [];
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(lookAtFocus);
    // Out of the page, or round to where it began.
    if (stop === null || (stop.again && stop.control.includes('Skip to content'))) return faults;
    if (stop.again) return [...faults, `the focus does not get past ${stop.control}`];
    if (!stop.named) faults.push(`${stop.control} has no name`);
    if (!stop.marked) faults.push(`${stop.control} does not show that it has the focus`);
    if (!stop.inView) faults.push(`${stop.control} has the focus out of sight`);
  }
  return [...faults, `the focus is still in the page after ${most} times Tab`];
}

/** Runs in the page. */
function lookAtFocus(): Stop | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const again = element.dataset['focusedBefore'] === 'yes';
  element.dataset['focusedBefore'] = 'yes';
  const hasOutline = (one: Element | null): boolean => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  };
  // A checkbox is drawn by its neighbour, a field with pills by its frame.
  const marked = [element, element.nextElementSibling, element.closest('.mantine-Input-input')].some(
    hasOutline,
  );
  const labels = element instanceof HTMLInputElement ? Array.from(element.labels ?? []) : [];
  const name = [
    element.getAttribute('aria-label'),
    ...labels.map((label) => label.textContent),
    element.textContent,
    element.getAttribute('aria-labelledby'),
  ].find((text) => text !== null && text.trim() !== '');
  // Of a choice that is drawn by its label nothing else is to be seen.
  const drawn = element.getBoundingClientRect().width > 0 ? element : (labels[0] ?? element);
  const { top, bottom, width } = drawn.getBoundingClientRect();
  return {
    control: `${element.tagName.toLowerCase()} "${(name ?? '').trim().slice(0, 40)}"`,
    named: name !== undefined,
    marked,
    inView: width > 0 && bottom > 0 && top < window.innerHeight,
    again,
  };
}
