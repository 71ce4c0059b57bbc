import type { Locator, Page } from 'playwright-core';
import { readCount } from './control-room.js';

/** The page of a dataset as a person sees it. */
export class DatasetPage {
  constructor(private readonly page: Page) {}

  /** Opens the first dataset of a kind from the page of its run. */
  async openFromRun(dataKind: string): Promise<void> {
    const datasets = this.page.getByRole('region', { name: 'Datasets' });
    await datasets.getByRole('link', { name: dataKind, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: new RegExp(`^${dataKind} of `) }).waitFor();
  }

  /** Chooses an object in the tree of the file, by its name. */
  async chooseObject(name: string): Promise<void> {
    const label = this.page.getByText(name, { exact: true });
    await this.page.getByRole('treeitem').filter({ has: label }).first().click();
  }

  /** From a table to the histogram of one of its columns; gives the number of entries shown. */
  async showHistogram(column: string): Promise<number> {
    await this.page.getByRole('button', { name: new RegExp(`^Histogram of ${column}\\b`) }).click();
    const plot = this.page.getByRole('img', {
      name: new RegExp(`^Histogram of ${column}\\b.*: \\d+ entries`),
    });
    const label = await plot.getAttribute('aria-label');
    return readCount(/: (\d+) entries/.exec(label ?? '')?.[1] ?? '0');
  }

  async showWaveforms(): Promise<void> {
    await this.page.locator('label', { hasText: /^Waveforms$/ }).click();
  }

  /** Points that each curve is drawn with; 0 before anything is drawn. */
  async pointsDrawn(): Promise<number> {
    const plot = this.page.getByRole('img', { name: /^Waveforms of / });
    if ((await plot.count()) === 0) return 0;
    const label = await plot.getAttribute('aria-label');
    return Number(/, (\d+) points each$/.exec(label ?? '')?.[1] ?? 0);
  }

  /** The plot of the waveform of a row. */
  waveform(row: number): Locator {
    return this.page.getByRole('img', { name: new RegExp(`^Waveforms of .*: rows ${row}, `) });
  }
}
