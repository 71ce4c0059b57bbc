import type { RunSummary } from '@countroom/contracts';
import type { Page } from 'playwright-core';

type RunName = Pick<RunSummary, 'detector' | 'number'>;

/** Jobs wait for each other, and for other work of the machine. */
const jobMs = 120_000;

/** The form that asks for stages over runs, as a person sees it. */
export class ProcessPage {
  constructor(private readonly page: Page) {}

  /** Chooses stages, each with a stored configuration by name. */
  async choose(stages: Readonly<Record<string, string>>): Promise<void> {
    for (const [stage, configuration] of Object.entries(stages)) {
      const group = this.page.getByRole('group', { name: stage });
      await group.getByRole('checkbox').first().check();
      await group.getByRole('combobox', { name: 'Configuration' }).selectOption({ label: configuration });
    }
  }

  /** Fills in all stages with a stored pipeline, by its name. */
  async choosePipeline(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Pipeline', exact: true }).selectOption({ label: name });
  }

  /** Sends the request; the page goes on to its graph. */
  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Submit' }).click();
    await this.page.getByRole('heading', { level: 1, name: /^Request/ }).waitFor();
  }

  /** Follows the jobs of a run in their list until each says that it is completed. */
  async waitUntilCompleted(run: RunName, stages: readonly string[]): Promise<void> {
    await this.page.goto(new URL(`/jobs?detector=${run.detector}&run=${run.number}`, this.page.url()).href);
    for (const stage of stages) {
      const row = this.page.getByRole('row').filter({ hasText: stage }).first();
      await row.getByText(/^(Completed|From catalogue)$/).waitFor({ timeout: jobMs });
    }
  }
}
