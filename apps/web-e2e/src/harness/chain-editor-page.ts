import type { Locator, Page } from 'playwright-core';
import { waitFor } from './wait-for.js';

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

  /** How a number of the first chosen row differs from that of the chain that is compared with. */
  async difference(name: string): Promise<number> {
    const table = this.page.getByRole('group', { name: 'Numbers of the chosen rows' });
    const row = table.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) });
    const text = await row.getByRole('cell').nth(3).innerText();
    return text === '' ? Number.NaN : Number(text);
  }

  /** Moves the cursor in the text. */
  async left(characters: number): Promise<void> {
    for (let count = 0; count < characters; count += 1) await this.page.keyboard.press('ArrowLeft');
  }

  /** Types the beginning of a word and takes the completion that is offered for it. */
  async complete(text: string, option: string): Promise<void> {
    await this.page.keyboard.type(text);
    const offered = this.page.locator('.cm-tooltip-autocomplete').getByRole('option');
    const wanted = offered.filter({ has: this.page.locator('.cm-completionLabel', { hasText: option }) });
    await wanted.first().click();
  }

  /** Goes behind the quotation mark that was closed by the editor, and types on. */
  async after(text: string): Promise<void> {
    await this.page.keyboard.press('ArrowRight');
    await this.page.keyboard.type(text);
  }

  /** What is told about a word of the text when the mouse rests on it. */
  async explained(word: string): Promise<string> {
    await this.page.mouse.move(0, 0);
    // What is told must not be about the word before.
    const told = this.page.locator('.cm-tooltip-hover');
    await waitFor('the end of what was told', async () => (await told.count()) === 0);
    const place = await this.page.evaluate((wanted) => {
      const content = document.querySelector('.cm-content')!;
      const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at === -1) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      return null;
    }, word);
    if (place === null) throw new Error(`The text of the chain has no ${word}.`);
    await this.page.mouse.move(place.x, place.y);
    await this.page.mouse.move(place.x + 1, place.y);
    return told.first().innerText();
  }

  /** Everything that is wrong with the text, with its line. */
  async problems(): Promise<readonly string[]> {
    const found = await this.page.getByRole('list', { name: 'Problems' }).getByRole('button').allInnerTexts();
    return found.map((text) => text.replaceAll(/\s+/g, ' '));
  }

  /** Puts another text into the editor. */
  async write(text: string): Promise<void> {
    await this.text.click();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }
}
