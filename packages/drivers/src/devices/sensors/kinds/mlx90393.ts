import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const gains = ['0', '1', '2', '3', '4', '5', '6', '7'] as const;

const settings = z
  .strictObject({
    kind: z.literal('mlx90393'),
    ...commonKeys,
    ...i2cKeys(['0x0c', '0x0d', '0x0e', '0x0f']),
    gain: z.enum(gains).default('7').meta({
      title: 'Gain',
      description: '7: most sensitive, to about 5 mT; 0: to about 25 mT along x and y',
    }),
  })
  .meta({ title: 'MLX90393: magnetic field' });

/** Microtesla of a count at resolution 0 by the gain, for x and y, and for z (Melexis MLX90393, table 17, HALLCONF 0xC). */
const microteslaXy = [0.751, 0.601, 0.451, 0.376, 0.3, 0.25, 0.2, 0.15] as const;
const microteslaZ = [1.21, 0.968, 0.726, 0.605, 0.484, 0.403, 0.323, 0.242] as const;

const command = { single: 0x3f, read: 0x4f, write: 0x60, exit: 0x80, reset: 0xf0 } as const;
const failed = 0x10;
const hallConfiguration = 0x0c;
/** Digital filter 3, oversampling 2: 16 conversions of 34 µs and more per axis. */
const filter = 0x0e;
const measureMs = 20;

/** Field in µT of a code (two's complement). */
export function mlx90393Microtesla(code: number, gain: number, axis: 'x' | 'y' | 'z'): number {
  return code * (axis === 'z' ? microteslaZ : microteslaXy)[gain]!;
}

/** Temperature in degC of a code: 46244 at 25 degC, 45.2 per degree. */
export function mlx90393Celsius(code: number): number {
  return 25 + (code - 46_244) / 45.2;
}

/** Magnetometer of three axes (Melexis MLX90393). Commands and answers; every answer begins with a status. */
export const mlx90393 = defineSensor({
  kind: 'mlx90393',
  title: 'MLX90393',
  settings,
  addresses: [0x0c, 0x0d, 0x0e, 0x0f],
  channels: ({ gain }) => {
    const [xy, z] = [32_768 * microteslaXy[Number(gain)]!, 32_768 * microteslaZ[Number(gain)]!];
    return [
      { name: 'x', unit: 'uT', low: -xy, high: xy },
      { name: 'y', unit: 'uT', low: -xy, high: xy },
      { name: 'z', unit: 'uT', low: -z, high: z },
      { name: 'temperature', unit: 'degC', low: -40, high: 125 },
    ];
  },
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: async ({ bus, address, gain }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'MLX90393');
    const order = (...bytes: readonly number[]): void => {
      if ((chip.exchange(bytes, 1).getUint8(0) & failed) !== 0)
        throw chip.error('refused a command: another chip has this address, or its supply is too weak');
    };
    const set = (register: number, value: number): void =>
      order(command.write, value >> 8, value & 0xff, register << 2);
    order(command.exit);
    order(command.reset);
    await ports.time.sleep(2);
    set(0, (Number(gain) << 4) | hallConfiguration);
    set(2, filter);
    const read = async (): Promise<number[]> => {
      order(command.single);
      await ports.time.sleep(measureMs);
      const answer = chip.exchange([command.read], 9);
      if ((answer.getUint8(0) & failed) !== 0)
        throw chip.error('had no value ready: another program reads it as well');
      const field = (['x', 'y', 'z'] as const).map((axis, index) =>
        mlx90393Microtesla(answer.getInt16(3 + 2 * index), Number(gain), axis),
      );
      return [...field, mlx90393Celsius(answer.getUint16(1))];
    };
    return { read, close: () => undefined };
  },
});
