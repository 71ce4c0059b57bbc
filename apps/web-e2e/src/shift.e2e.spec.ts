import { endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { admin } from './harness/api.js';
import { ControlRoom } from './harness/control-room.js';
import { Keyboard } from './harness/keyboard.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

describe('a whole shift', () => {
  it('is possible with the keyboard alone', async () => {
    const api = await bench.api();
    await api.call(endpoints.detectors.releaseBaton, { params: { detector: 'demo' }, body: {} }).catch(() => {
      // Nobody had it.
    });
    const watched = await bench.stranger();
    const { page } = watched;
    const keys = new Keyboard(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

    // Log in.
    await page.goto(bench.address);
    await button('Log in').waitFor();
    await keys.reach(page.getByRole('textbox', { name: 'Name' }));
    await keys.type(admin.name);
    await keys.reach(page.locator('input[type=password]'));
    await keys.type(admin.password);
    await keys.press('Enter');
    await heading('Control room');

    // Take the baton.
    await keys.choose(button('Take baton'));
    await page.getByRole('region', { name: 'Baton' }).getByText(admin.name).waitFor();

    // Start, with a comment.
    const room = new ControlRoom(page);
    await keys.choose(page.locator('summary', { hasText: 'Next run' }));
    await keys.reach(page.getByRole('textbox', { name: 'Comment' }));
    await keys.type('Night shift');
    await keys.choose(room.start);

    // Watch: hold a plot and let go.
    await room.waitForData(4);
    const number = await room.runNumber();
    await keys.choose(room.spectrum.getByRole('button', { name: 'Hold' }));
    await keys.choose(room.spectrum.getByRole('button', { name: 'Held' }));
    await keys.reach(room.log.getByRole('textbox'));
    await keys.type('All quiet');
    await keys.press('Enter');
    await room.log.getByText('All quiet').waitFor();

    // Stop.
    await keys.choose(room.end);
    await room.start.waitFor();
    const run = { detector: 'demo', number };
    await waitFor('the raw file', async () =>
      (await api.call(endpoints.runs.get, { params: run })).dataKinds.includes('raw'),
    );

    // Comment: through the list, by its keys.
    await leaveField(keys);
    await keys.press('g', 'r');
    await heading('Runs');
    // In the list: the top bar leads to the run too, before the list has come.
    const listed = page.getByRole('row').filter({ has: page.locator(`a[href="/runs/demo/${number}"]`) });
    await listed.getByText('Completed').waitFor();
    await keys.press('j', 'Enter');
    await heading(`Run demo ${number}`);
    const comment = page.getByRole('textbox', { name: 'Comment' });
    await keys.reach(comment);
    await keys.press('End');
    await keys.type(', source removed at six');
    await keys.choose(button('Save comment'));
    await waitFor('the comment', async () => {
      const found = await api.call(endpoints.runs.get, { params: run });
      return found.comment === 'Night shift, source removed at six';
    });

    // Process.
    await keys.choose(page.getByRole('link', { name: 'Process', exact: true }).last());
    await heading('Process');
    for (const stage of ['raw_to_dsp', 'dsp_to_hit']) {
      const field = page.getByRole('group', { name: stage });
      await keys.reach(field.getByRole('checkbox').first());
      await keys.press('Space');
      const configuration = field.getByRole('combobox', { name: 'Configuration' });
      await keys.reach(configuration);
      await keys.type('demo');
      await waitFor(`the configuration of ${stage}`, async () =>
        configuration.evaluate(
          (element) => (element as HTMLSelectElement).selectedOptions[0]?.label === 'demo',
        ),
      );
    }
    const submit = button('Submit');
    await waitFor(
      'a request that can be sent',
      async () => (await submit.getAttribute('aria-disabled')) !== 'true',
    );
    await keys.choose(submit);
    await page.getByRole('heading', { level: 1, name: /^Request/ }).waitFor();
    await waitFor('the jobs', async () => {
      const { items } = await api.call(endpoints.jobs.list, { query: { detector: 'demo', run: number } });
      return items.length > 0 && items.every(({ status }) => status === 'completed');
    });

    // Log out.
    await keys.choose(button(/^Signed in as/));
    const logOut = page.getByRole('menuitem', { name: 'Log out' });
    await logOut.waitFor();
    for (let step = 0; step < 12 && !(await hasFocus(logOut)); step++) await keys.press('ArrowDown');
    await keys.press('Enter');
    await button('Log in').waitFor();
    expect(new URL(page.url()).pathname).toBe('/login');
  });
});

function hasFocus(target: { evaluate<T>(ask: (element: Element) => T): Promise<T> }): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Letters are keys of the page only outside of fields. */
async function leaveField(keys: Keyboard): Promise<void> {
  await keys.press('Tab');
}
