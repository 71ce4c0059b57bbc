import type { Locator, Page } from 'playwright-core';

/** The chain editor as a person sees it. */
export class ChainEditorPage {
  constructor(private readonly page: Page) {}

  /** Waits until the preview was computed by the page itself. */
  async waitForPreview(): Promise<void> {
    await this.page.getByText(/^Computed here in /).waitFor();
  }

  /** The text of the chain. */
  get text(): Locator {
    return this.page.getByRole('textbox', { name: 'Chain as JSON' });
  }

  /** A number of the first chosen row. */
  async scalar(name: string): Promise<number> {
    const table = this.page.getByRole('group', { name: 'Numbers of the chosen rows' });
    const row = table.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) });
    return Number(await row.getByRole('cell').nth(1).innerText());
  }

  /** Sum of all samples that are drawn. */
  async drawnSum(): Promise<string> {
    const label = await this.page.getByRole('img', { name: /^Preview of / }).getAttribute('aria-label');
    return /sum (.*)$/.exec(label ?? '')?.[1] ?? '';
  }

  async view(name: 'Preview' | 'Graph' | 'Parameters' | 'Save and run'): Promise<void> {
    await this.page.locator('label', { hasText: new RegExp(`^${name}$`) }).click();
  }

  /** Chooses a processor in the graph by what it computes. */
  async chooseInGraph(work: string): Promise<void> {
    await this.view('Graph');
    await this.page.getByRole('button', { name: new RegExp(`^${work}`) }).click();
  }

  /** Puts another text into the editor. */
  async write(text: string): Promise<void> {
    await this.text.click();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }
}
