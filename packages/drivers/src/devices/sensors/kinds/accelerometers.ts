import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

/** Standard gravity, m/s² (ISO 80000-3). */
export const standardGravity = 9.80665;

const axes = (g: number) =>
  ['x', 'y', 'z'].map((name) => ({
    name,
    unit: 'm/s^2',
    low: -g * standardGravity,
    high: g * standardGravity,
  }));

const range845 = ['2', '4', '8'] as const;
const settings845 = z
  .strictObject({
    kind: z.literal('mma845x'),
    ...commonKeys,
    ...i2cKeys(['0x1c', '0x1d']),
    rangeG: z.enum(range845).default('2').meta({ title: 'Range', unit: 'g' }),
  })
  .meta({ title: 'MMA8451, 8452, 8453: acceleration' });

const register845 = { status: 0, identity: 0x0d, configuration: 0x0e, control: 0x2a } as const;
const identities845 = [0x1a, 0x2a, 0x3a];
/** 100 values per second, awake. */
const active845 = 0x19;

/** Acceleration in m/s² of a value of 16 bits whose unused low bits are 0: its share of 2^15 times the range. */
export function mma845xAcceleration(code: number, rangeG: number): number {
  return (code / 32_768) * rangeG * standardGravity;
}

/** Accelerometers of 14, 12 and 10 bits (NXP MMA8451Q, MMA8452Q, MMA8453Q data sheets). */
export const mma845x = defineSensor({
  kind: 'mma845x',
  title: 'MMA845x',
  settings: settings845,
  addresses: [0x1c, 0x1d],
  channels: ({ rangeG }) => axes(Number(rangeG)),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: ({ bus, address, rangeG }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'MMA845x');
    chip.identify(chip.byte(register845.identity), identities845);
    // The range can be changed in standby only.
    chip.write(register845.control, 0);
    chip.write(register845.configuration, range845.indexOf(rangeG));
    chip.write(register845.control, active845);
    const read = async (): Promise<number[]> => {
      await chip.until(ports.time, () => (chip.byte(register845.status) & 8) !== 0, 2, 100);
      const data = chip.read(register845.status, 7);
      return [1, 3, 5].map((at) => mma845xAcceleration(data.getInt16(at), Number(rangeG)));
    };
    return Promise.resolve({ read, close: () => chip.write(register845.control, 0) });
  },
});

const range345 = ['2', '4', '8', '16'] as const;
const settings345 = z
  .strictObject({
    kind: z.literal('adxl345'),
    ...commonKeys,
    ...i2cKeys(['0x53', '0x1d']),
    rangeG: z.enum(range345).default('2').meta({ title: 'Range', unit: 'g' }),
  })
  .meta({ title: 'ADXL345: acceleration' });

const register345 = { identity: 0, rate: 0x2c, power: 0x2d, format: 0x31, data: 0x32 } as const;
const fullResolution = 8;
/** Counts per g in full resolution, all ranges (Analog Devices ADXL345, table 1). */
const countsPerG = 256;

/** Acceleration in m/s² of a code in full resolution. */
export function adxl345Acceleration(code: number): number {
  return (code / countsPerG) * standardGravity;
}

/** Accelerometer of 13 bits (Analog Devices ADXL345, revision G). */
export const adxl345 = defineSensor({
  kind: 'adxl345',
  title: 'ADXL345',
  settings: settings345,
  addresses: [0x53, 0x1d],
  channels: ({ rangeG }) => axes(Number(rangeG)),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: ({ bus, address, rangeG }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'ADXL345');
    chip.identify(chip.byte(register345.identity), [0xe5]);
    chip.write(register345.rate, 0x0a);
    chip.write(register345.format, fullResolution | range345.indexOf(rangeG));
    chip.write(register345.power, 0x08);
    const read = (): number[] => {
      const data = chip.read(register345.data, 6);
      return [0, 2, 4].map((at) => adxl345Acceleration(data.getInt16(at, true)));
    };
    return Promise.resolve({
      read: () => Promise.resolve(read()),
      close: () => chip.write(register345.power, 0),
    });
  },
});
