import { z } from 'zod';
import type { Ports } from '../../../transports/ports/ports.api.js';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor, type Sensor, type SensorKind } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';
import {
  bme280Humidity,
  bme280Percent,
  bmp280Calibration,
  bmp280Pascal,
  fineTemperature,
} from './bme280.formula.js';

function settingsOf<const K extends string>(kind: K, title: string) {
  return z
    .strictObject({
      kind: z.literal(kind),
      ...commonKeys,
      ...i2cKeys(['0x76', '0x77']),
      oversampling: z.enum(['1', '2', '4', '8', '16']).default('16').meta({ title: 'Conversions per value' }),
    })
    .meta({ title });
}

const register = {
  calibration: 0x88,
  humidity1: 0xa1,
  identity: 0xd0,
  humidity2: 0xe1,
  controlHumidity: 0xf2,
  status: 0xf3,
  control: 0xf4,
  configuration: 0xf5,
  data: 0xf7,
} as const;
const identities = { bmp280: [0x58, 0x57, 0x56], bme280: [0x60] } as const;
const measuring = 8;
const forced = 1;
/** What the chip gives for a value that was not measured. */
const skipped = 0x80000;

interface Settings {
  readonly kind: string;
  readonly bus: number;
  readonly address: string;
  readonly oversampling: '1' | '2' | '4' | '8' | '16';
}

function open(settings: Settings, ports: Ports, humid: boolean): Sensor {
  const chip = new I2cChip(ports.i2c(settings.bus), settings.address, humid ? 'BME280' : 'BMP280');
  chip.identify(chip.byte(register.identity), humid ? identities.bme280 : identities.bmp280);
  const calibration = {
    ...bmp280Calibration(chip.read(register.calibration, 24)),
    h: humid ? bme280Humidity(chip.byte(register.humidity1), chip.read(register.humidity2, 7)) : [],
  };
  const times = Number(settings.oversampling);
  const code = Math.log2(times) + 1;
  chip.write(register.configuration, 0);
  // Longest time of a measurement (BST-BME280-DS002, section 9.1).
  const measureMs = 1.25 + 2.3 * times + (2.3 * times + 0.575) * (humid ? 2 : 1);
  const read = async (): Promise<number[]> => {
    if (humid) chip.write(register.controlHumidity, code);
    chip.write(register.control, (code << 5) | (code << 2) | forced);
    await ports.time.sleep(measureMs);
    await chip.until(ports.time, () => (chip.byte(register.status) & measuring) === 0, 1, 100);
    const data = chip.read(register.data, humid ? 8 : 6);
    const twenty = (at: number): number => (data.getUint16(at) << 4) | (data.getUint8(at + 2) >> 4);
    if (twenty(3) === skipped) throw chip.error('was set up by another program: end that first');
    const fine = fineTemperature(calibration, twenty(3));
    const values = [fine / 5120, bmp280Pascal(calibration, twenty(0), fine) / 100];
    return humid ? [...values, bme280Percent(calibration, data.getUint16(6), fine)] : values;
  };
  return { read, close: () => undefined };
}

const channels = [
  { name: 'temperature', unit: 'degC', low: -40, high: 85 },
  { name: 'pressure', unit: 'hPa', low: 300, high: 1100 },
  { name: 'humidity', unit: '%', low: 0, high: 100 },
] as const;

function barometer<Z extends z.ZodType<Settings>>(
  kind: string,
  title: string,
  humid: boolean,
  settings: Z,
): SensorKind<Z> {
  return defineSensor<Z>({
    kind,
    title,
    settings,
    addresses: [0x76, 0x77],
    channels: () => channels.slice(0, humid ? 3 : 2),
    port: ({ bus }) => `i2c-${bus}`,
    place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
    open: (chosen, ports) => Promise.resolve().then(() => open(chosen, ports, humid)),
  });
}

const settingsBmp = settingsOf('bmp280', 'BMP280: pressure and temperature');
const settingsBme = settingsOf('bme280', 'BME280: pressure, temperature and humidity');

/** Barometer (Bosch BST-BMP280-DS001): one measurement each time it is read, asleep in between. */
export const bmp280 = barometer('bmp280', 'BMP280', false, settingsBmp);
/** Barometer and hygrometer (Bosch BST-BME280-DS002). */
export const bme280 = barometer('bme280', 'BME280', true, settingsBme);
