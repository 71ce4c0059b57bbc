import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('gdk101'),
    ...commonKeys,
    ...i2cKeys(['0x18', '0x19', '0x1a', '0x1b']),
  })
  .meta({ title: 'GDK101: gamma dose' });

const command = { reset: 0xa0, status: 0xb0, tenMinutes: 0xb2, oneMinute: 0xb3, firmware: 0xb4 } as const;

/** Dose rate in µSv/h of an answer: whole, then hundredths (FTLab GDK101 application note). */
export function gdk101Dose(whole: number, hundredths: number): number {
  return whole + hundredths / 100;
}

/** Gamma counter with its own processor (FTLab GDK101): means of one and of ten minutes, and whether it was shaken. */
export const gdk101 = defineSensor({
  kind: 'gdk101',
  title: 'GDK101',
  settings,
  addresses: [0x18, 0x19, 0x1a, 0x1b],
  channels: () => [
    { name: 'dose-1min', unit: 'uSv/h', low: 0, high: 200 },
    { name: 'dose-10min', unit: 'uSv/h', low: 0, high: 200 },
    { name: 'shaken', unit: '', low: 0, high: 1 },
  ],
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: ({ bus, address }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'GDK101');
    const ask = (what: number): [number, number] => {
      const answer = chip.read(what, 2);
      return [answer.getUint8(0), answer.getUint8(1)];
    };
    const [major, minor] = ask(command.firmware);
    if (major > 9 || minor > 99) throw chip.error('gives no version: another chip has this address');
    if (ask(command.reset)[0] !== 1)
      throw chip.error('could not be begun anew: switch its supply off and on');
    const read = (): number[] => {
      const one = gdk101Dose(...ask(command.oneMinute));
      const ten = gdk101Dose(...ask(command.tenMinutes));
      return [one, ten, ask(command.status)[1]];
    };
    return Promise.resolve({ read: () => Promise.resolve(read()), close: () => undefined });
  },
});
