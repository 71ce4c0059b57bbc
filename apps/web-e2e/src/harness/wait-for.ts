import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is truthy; fails with the name of what was waited for. */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 60_000,
): Promise<Exclude<T, null | undefined | false>> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false) {
      return value as Exclude<T, null | undefined | false>;
    }
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs / 1000} s in vain for ${what}.`);
    await sleep(50);
  }
}
