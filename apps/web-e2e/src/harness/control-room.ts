import type { Locator, Page } from 'playwright-core';
import { waitFor } from './wait-for.js';

/** The control room as a person sees it. */
export class ControlRoom {
  readonly start: Locator;
  readonly end: Locator;
  readonly rates: Locator;
  readonly waveforms: Locator;
  readonly spectrum: Locator;
  readonly log: Locator;

  constructor(private readonly page: Page) {
    this.start = page.getByRole('button', { name: 'Start run' });
    this.end = page.getByRole('button', { name: 'End run' });
    this.rates = page.getByRole('region', { name: 'Rates' });
    this.waveforms = page.getByRole('region', { name: 'Waveforms' });
    this.spectrum = page.getByRole('region', { name: 'Energy spectrum' });
    this.log = page.getByRole('region', { name: /^Log/ });
  }

  /** Recorded events of each channel, from the table of rates. */
  async recorded(): Promise<number[]> {
    const cells = await this.rates.locator('tbody tr td:last-child').allInnerTexts();
    return cells.map(readCount);
  }

  /** Entries of the live spectrum; 0 before the first frame. */
  async entries(): Promise<number> {
    const [, count = '0'] = /([\d\s]+) entries/.exec(await this.spectrum.innerText()) ?? [];
    return readCount(count);
  }

  /** Number of the run that is shown as being taken. */
  async runNumber(): Promise<number> {
    const link = this.page.locator('a[href^="/runs/demo/"]').first();
    const href = await link.getAttribute('href');
    return Number(href?.split('/').at(-1));
  }

  /** Waits until every channel counts, and then counts more. */
  async waitForData(channels: number): Promise<void> {
    const before = await waitFor(`counts in ${channels} channels`, async () => {
      const counts = await this.recorded();
      return counts.length === channels && counts.every((count) => count > 0) && counts;
    });
    await waitFor('more counts in each channel', async () =>
      (await this.recorded()).every((count, channel) => count > (before[channel] ?? 0)),
    );
  }

  /** Waits until the canvas of a panel shows something else than now. */
  async waitForRedraw(panel: Locator): Promise<void> {
    const before = await pictureOf(panel);
    await waitFor('another picture', async () => (await pictureOf(panel)) !== before);
  }
}

/** Digits of a number as the dashboard writes it, with thin spaces. */
export function readCount(text: string): number {
  return Number(text.replace(/[^\d]/g, ''));
}

/** The pixels of the first plot in an element. */
export function pictureOf(place: Locator): Promise<string> {
  return place
    .locator('canvas')
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}
