import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const gains = ['1', '4', '16', '60'] as const;

const settings = z
  .strictObject({
    kind: z.literal('tcs34725'),
    ...commonKeys,
    ...i2cKeys(['0x29', '0x39']),
    gain: z.enum(gains).default('1').meta({ title: 'Gain' }),
    integrationMs: z.number().min(2.4).max(614.4).default(100.8).meta({
      title: 'Exposure',
      unit: 'ms',
      description: 'in steps of 2.4 ms',
    }),
  })
  .meta({ title: 'TCS34725: colour of light' });

/** Every register is asked for with the command bit; 0x20: the number goes on by itself. */
const register = { enable: 0x80, time: 0x81, gain: 0x8f, identity: 0x92, status: 0x93, data: 0xb4 } as const;
const identities = [0x44, 0x4d];
const stepMs = 2.4;

/** Steps of an exposure, 1 to 256, and the largest count that it gives (ams TCS3472, table "RGBC timing"). */
export function tcs34725Exposure(ms: number): { steps: number; most: number } {
  const steps = Math.min(256, Math.max(1, Math.round(ms / stepMs)));
  return { steps, most: Math.min(65_535, 1024 * steps) };
}

/** Light through clear, red, green and blue filters (ams TCS3472), each in % of the largest count. */
export const tcs34725 = defineSensor({
  kind: 'tcs34725',
  title: 'TCS34725',
  settings,
  addresses: [0x29, 0x39],
  channels: () => ['clear', 'red', 'green', 'blue'].map((name) => ({ name, unit: '%', low: 0, high: 100 })),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: async ({ bus, address, gain, integrationMs }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'TCS34725');
    chip.identify(chip.byte(register.identity), identities);
    const { steps, most } = tcs34725Exposure(integrationMs);
    chip.write(register.time, 256 - steps);
    chip.write(register.gain, gains.indexOf(gain));
    chip.write(register.enable, 1);
    await ports.time.sleep(2.4);
    chip.write(register.enable, 3);
    await ports.time.sleep(steps * stepMs);
    const read = async (): Promise<number[]> => {
      await chip.until(ports.time, () => (chip.byte(register.status) & 1) === 1, 5, steps * stepMs + 100);
      const data = chip.read(register.data, 8);
      return [0, 2, 4, 6].map((at) => (100 * data.getUint16(at, true)) / most);
    };
    return { read, close: () => chip.write(register.enable, 0) };
  },
});
