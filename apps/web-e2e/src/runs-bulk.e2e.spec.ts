import { endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { type Api, signInAs } from './harness/api.js';
import { importRecording } from './harness/arrange.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

describe('many runs at once', () => {
  it('are changed and taken back; what somebody else has judged since stays', async () => {
    const api = await bench.api();
    const numbers = [];
    for (const seed of [801, 802]) numbers.push((await importRecording(api, `bulk-${seed}.fcio`, seed)).run);
    const [first = 0, second = 0] = numbers;
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto('/runs?detector=imported', 'Runs');
    for (const number of numbers) {
      const row = page.getByRole('row').filter({ has: page.locator(`a[href="/runs/imported/${number}"]`) });
      await row.getByRole('checkbox').check();
    }
    await page.getByRole('button', { name: 'Change 2 runs' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Add tags').first().fill('shift 12');
    await page.keyboard.press('Enter');
    await dialog.getByRole('combobox', { name: 'Quality' }).selectOption({ label: 'To check' });
    await dialog.getByRole('button', { name: 'Change 2 runs' }).click();
    await waitFor('the change', async () => (await notesOf(api, second)).quality === 'check');

    await api.call(endpoints.runs.update, {
      params: { detector: 'imported', number: first },
      body: { quality: 'good' },
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('but for what somebody has changed since in 1 run').waitFor();
    expect(await notesOf(api, first)).toEqual({ tags: [], quality: 'good' });
    expect(await notesOf(api, second)).toEqual({ tags: [], quality: 'unset' });
  });

  it('are left out with the reason where one may not change them', async () => {
    const api = await bench.api();
    const { run } = await importRecording(api, 'bulk-803.fcio', 803);
    const person = { name: 'local-shifter', password: 'a long password' };
    await api.call(endpoints.auth.createUser, {
      body: {
        ...person,
        fullName: '',
        grants: [
          { role: 'viewer', detector: null },
          { role: 'shifter', detector: 'demo' },
        ],
      },
    });
    const watched = await bench.pageOf(bench, await signInAs(bench, person));
    await watched.goto('/runs?detector=imported', 'Runs');
    const row = watched.page
      .getByRole('row')
      .filter({ has: watched.page.locator(`a[href="/runs/imported/${run}"]`) });
    await row.getByRole('checkbox').check();
    const change = watched.page.getByRole('button', { name: 'Change 0 runs' });
    await watched.page.getByText('Needs the role shifter for imported').first().waitFor();
    expect(await change.getAttribute('aria-disabled')).toBe('true');
  });
});

async function notesOf(api: Api, number: number): Promise<{ tags: string[]; quality: string }> {
  const { tags, quality } = await api.call(endpoints.runs.get, { params: { detector: 'imported', number } });
  return { tags, quality };
}
