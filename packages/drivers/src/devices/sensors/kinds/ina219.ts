import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('ina219'),
    ...commonKeys,
    ...i2cKeys([
      '0x40',
      '0x41',
      '0x42',
      '0x43',
      '0x44',
      '0x45',
      '0x46',
      '0x47',
      '0x48',
      '0x49',
      '0x4a',
      '0x4b',
      '0x4c',
      '0x4d',
      '0x4e',
      '0x4f',
    ]),
    shuntOhm: z.number().min(1e-4).max(100).default(0.1).meta({ title: 'Resistor', unit: 'ohm' }),
    mostA: z.number().min(1e-3).max(1000).default(3.2).meta({ title: 'Largest current', unit: 'A' }),
  })
  .meta({ title: 'INA219: voltage, current and power' });

const register = { configuration: 0, shunt: 1, bus: 2, power: 3, current: 4, calibration: 5 } as const;
/** 32 V, shunt amplifier 1/8 (320 mV), both with 12 bits and 8 averages (4.26 ms), continuous. */
const configuration = 0x3ddf;
/** Full scales of the shunt by the amplifier, V. */
const shuntFullScale = 0.32;

/** What the calibration register is set to, and what a count of current then is. */
export interface Ina219Scale {
  readonly calibration: number;
  readonly ampsPerCount: number;
  readonly wattsPerCount: number;
}

/**
 * Scale for a largest current: one count is its 2^-15th part, calibration = 0.04096 / (A per count × ohm), power counts in
 * steps of 20 current counts (Texas Instruments SBOS448, equations 1 to 3). `ampsPerCount` may be given to round it.
 */
export function ina219Scale(shuntOhm: number, mostA: number, ampsPerCount = mostA / 32_768): Ina219Scale {
  const calibration = Math.min(0xfffe, Math.trunc(0.04096 / (ampsPerCount * shuntOhm) + 1e-6) & ~1);
  const exact = 0.04096 / (calibration * shuntOhm);
  return { calibration, ampsPerCount: exact, wattsPerCount: 20 * exact };
}

/** Voltage of the supply in V of its register: 4 mV from bit 3 on. NaN when the calculation overflowed (bit 0). */
export function ina219BusVolts(code: number): number {
  return (code >> 3) * 0.004;
}

/** Voltage, current and power of a supply (Texas Instruments SBOS448). */
export const ina219 = defineSensor({
  kind: 'ina219',
  title: 'INA219',
  settings,
  addresses: Array.from({ length: 16 }, (_, index) => 0x40 + index),
  channels: ({ mostA }) => [
    { name: 'voltage', unit: 'V', low: 0, high: 32 },
    { name: 'current', unit: 'A', low: -mostA, high: mostA },
    { name: 'power', unit: 'W', low: 0, high: 32 * mostA },
  ],
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: ({ bus, address, shuntOhm, mostA }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'INA219');
    if (mostA * shuntOhm > shuntFullScale * (1 + 1e-9)) {
      const most = (shuntFullScale / shuntOhm).toPrecision(3);
      throw chip.error(`measures ${most} A at most with ${shuntOhm} ohm: give a smaller largest current`);
    }
    const { calibration, ampsPerCount, wattsPerCount } = ina219Scale(shuntOhm, mostA);
    chip.write(register.configuration, configuration >> 8, configuration & 0xff);
    chip.write(register.calibration, calibration >> 8, calibration & 0xff);
    if (chip.read(register.calibration, 2).getUint16(0) !== calibration)
      throw chip.error('does not keep its calibration: another chip has this address');
    const read = (): number[] => {
      const code = chip.read(register.bus, 2).getUint16(0);
      const overflow = (code & 1) === 1;
      const current = chip.read(register.current, 2).getInt16(0) * ampsPerCount;
      const power = chip.read(register.power, 2).getUint16(0) * wattsPerCount;
      return [ina219BusVolts(code), overflow ? Number.NaN : current, overflow ? Number.NaN : power];
    };
    return Promise.resolve({ read: () => Promise.resolve(read()), close: () => undefined });
  },
});
