import { describe, expect, it } from 'vitest';
import { groupText, lookForDevices } from './look-for-devices.js';

describe('looking for devices', () => {
  it('goes through all families, and says the remedy for each that is not there', async () => {
    const looked = await lookForDevices();
    expect(looked.map(({ what }) => what)).toEqual([
      'PicoScope 2000',
      'PicoScope 2000a',
      'PicoScope 3000a',
      'PicoScope 4000',
      'PicoScope 4000a',
      'PicoLog 1000',
    ]);
    for (const { found, message } of looked) if (!found) expect(message).toMatch(/install|cable/);
    expect(await lookForDevices('4000')).toHaveLength(1);
    await expect(lookForDevices('6000')).rejects.toThrow('there is no family 6000: take one of 2000, 2000a');
  });

  it('says whether the user may use the units', () => {
    const groups = (): string => 'root:x:0:\npico:x:990:ada\n';
    expect(groupText('linux', [1000, 990], groups)).toBe('this user is in the group pico');
    expect(groupText('linux', [1000], groups)).toMatch(/usermod -aG pico/);
    expect(groupText('linux', [1000], () => 'root:x:0:\n')).toMatch(/no group pico/);
    expect(groupText('linux', [0], groups)).toMatch(/root/);
    expect(groupText('darwin', [20], groups)).toBe('no group is needed');
    const fails = (): string => {
      throw new Error('EACCES');
    };
    expect(groupText('linux', [1000], fails)).toMatch(/cannot be read/);
  });
});
