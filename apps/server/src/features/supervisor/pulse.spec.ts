import { describe, expect, it } from 'vitest';
import { Pulse } from './pulse.js';

const limits = { noticedMs: 10_000, restartMs: 60_000 };

/** Looks once a second until `untilMs`; gives the seconds at which something was said. */
function looks(pulse: Pulse, fromMs: number, untilMs: number): string[] {
  const said: string[] = [];
  let wasSilent = false;
  for (let ms = fromMs; ms <= untilMs; ms += 1_000) {
    const { silent, restart } = pulse.look(ms);
    if (silent !== wasSilent) said.push(`${silent ? 'silent' : 'heard'} ${ms / 1_000}`);
    if (restart) said.push(`restart ${ms / 1_000}`);
    wasSilent = silent;
  }
  return said;
}

describe('the pulse of a child', () => {
  it('is missed after the first limit, and a restart is due at each second one', () => {
    expect(looks(new Pulse(0, limits), 0, 130_000)).toEqual(['silent 10', 'restart 60', 'restart 120']);
  });

  it('is back with the next sign of life', () => {
    const pulse = new Pulse(0, limits);
    looks(pulse, 0, 70_000);
    pulse.heard(70_500);
    expect(looks(pulse, 71_000, 131_000)).toEqual(['silent 81', 'restart 131']);
  });

  it('is not missed for the time in which nobody listened', () => {
    const pulse = new Pulse(0, limits);
    looks(pulse, 0, 5_000);
    expect(looks(pulse, 3_600_000, 3_609_000)).toEqual([]);
  });
});
