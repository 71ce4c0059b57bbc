import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('bmp180'),
    ...commonKeys,
    ...i2cKeys(['0x77']),
    oversampling: z.enum(['1', '2', '4', '8']).default('8').meta({ title: 'Conversions per value' }),
  })
  .meta({ title: 'BMP180: pressure and temperature' });

const register = { calibration: 0xaa, identity: 0xd0, control: 0xf4, result: 0xf6 } as const;
const identity = 0x55;
const command = { temperature: 0x2e, pressure: 0x34 } as const;
/** Longest time of a conversion of pressure by the oversampling, ms. */
const conversionMs = { '1': 4.5, '2': 7.5, '4': 13.5, '8': 25.5 } as const;

/** Coefficients in the chip's memory. */
export interface Bmp180Calibration {
  readonly ac1: number;
  readonly ac2: number;
  readonly ac3: number;
  readonly ac4: number;
  readonly ac5: number;
  readonly ac6: number;
  readonly b1: number;
  readonly b2: number;
  readonly mb: number;
  readonly mc: number;
  readonly md: number;
}

/** Coefficients out of the 22 bytes from 0xAA on: ac4 to ac6 without, the others with sign. */
export function bmp180Calibration(bytes: DataView): Bmp180Calibration {
  const signed = (index: number): number => bytes.getInt16(2 * index);
  const plain = (index: number): number => bytes.getUint16(2 * index);
  return {
    ac1: signed(0),
    ac2: signed(1),
    ac3: signed(2),
    ac4: plain(3),
    ac5: plain(4),
    ac6: plain(5),
    b1: signed(6),
    b2: signed(7),
    mb: signed(8),
    mc: signed(9),
    md: signed(10),
  };
}

/**
 * Temperature in degC (steps of 0.1) and pressure in Pa of raw values, in the whole numbers of the data sheet
 * (Bosch BST-BMP180-DS000, section 3.5). `oss` is 0 to 3.
 */
export function bmp180Values(
  calibration: Bmp180Calibration,
  rawTemperature: number,
  rawPressure: number,
  oss: number,
): { celsius: number; pascal: number } {
  const { ac1, ac2, ac3, ac4, ac5, ac6, b1, b2, mc, md } = calibration;
  const t1 = Math.floor(((rawTemperature - ac6) * ac5) / 2 ** 15);
  const t2 = Math.trunc((mc * 2 ** 11) / (t1 + md));
  const b5 = t1 + t2;
  const celsius = Math.floor((b5 + 8) / 16) / 10;
  const b6 = b5 - 4000;
  const square = Math.floor((b6 * b6) / 2 ** 12);
  const x3 = Math.floor((b2 * square) / 2 ** 11) + Math.floor((ac2 * b6) / 2 ** 11);
  const b3 = Math.trunc(((ac1 * 4 + x3) * 2 ** oss + 2) / 4);
  const y3 = Math.floor((Math.floor((ac3 * b6) / 2 ** 13) + Math.floor((b1 * square) / 2 ** 16) + 2) / 4);
  const b4 = Math.floor((ac4 * (y3 + 32_768)) / 2 ** 15);
  const b7 = (rawPressure - b3) * Math.floor(50_000 / 2 ** oss);
  const p = Math.trunc((b7 * 2) / b4);
  const high = Math.floor(p / 256);
  const p1 = Math.floor((high * high * 3038) / 2 ** 16);
  const p2 = Math.floor((-7357 * p) / 2 ** 16);
  return { celsius, pascal: p + Math.floor((p1 + p2 + 3791) / 16) };
}

/** Barometer of the first generation (Bosch BST-BMP180-DS000). */
export const bmp180 = defineSensor({
  kind: 'bmp180',
  title: 'BMP180',
  settings,
  addresses: [0x77],
  channels: () => [
    { name: 'temperature', unit: 'degC', low: -40, high: 85 },
    { name: 'pressure', unit: 'hPa', low: 300, high: 1100 },
  ],
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: ({ bus, address, oversampling }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'BMP180');
    chip.identify(chip.byte(register.identity), [identity]);
    const calibration = bmp180Calibration(chip.read(register.calibration, 22));
    const oss = Math.log2(Number(oversampling));
    const read = async (): Promise<number[]> => {
      chip.write(register.control, command.temperature);
      await ports.time.sleep(4.5);
      const rawTemperature = chip.read(register.result, 2).getUint16(0);
      chip.write(register.control, command.pressure | (oss << 6));
      await ports.time.sleep(conversionMs[oversampling]);
      const answer = chip.read(register.result, 3);
      const rawPressure = ((answer.getUint16(0) << 8) | answer.getUint8(2)) >> (8 - oss);
      const { celsius, pascal } = bmp180Values(calibration, rawTemperature, rawPressure, oss);
      return [celsius, pascal / 100];
    };
    return Promise.resolve({ read, close: () => undefined });
  },
});
