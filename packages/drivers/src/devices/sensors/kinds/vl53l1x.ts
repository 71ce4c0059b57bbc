import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const settings = z
  .strictObject({ kind: z.literal('vl53l1x'), ...commonKeys, ...i2cKeys(['0x29']) })
  .meta({ title: 'VL53L1X: distance by light' });

/** Registers have numbers of two bytes. */
const register = {
  loops: 0x0008,
  begin: 0x000b,
  settings: 0x002d,
  ready: 0x0031,
  clear: 0x0086,
  start: 0x0087,
  status: 0x0089,
  distance: 0x0096,
  booted: 0x00e5,
  identity: 0x010f,
} as const;
const identity = 0xeacc;

/** Values of the registers from 0x2d to 0x87 that are not 0: long distances, as the maker starts the chip (ST UM2510). */
const settingsFrom: readonly (readonly [register: number, ...values: readonly number[]])[] = [
  [0x30, 0x01, 0x02, 0x00, 0x02, 0x08, 0x00, 0x08, 0x10, 0x01, 0x01],
  [0x3e, 0xff, 0x00, 0x0f],
  [0x46, 0x20, 0x0b, 0x00, 0x00, 0x02, 0x0a, 0x21, 0x00, 0x00, 0x05],
  [0x54, 0xc8, 0x00, 0x00, 0x38, 0xff, 0x01, 0x00, 0x08],
  [0x5e, 0x01, 0xcc, 0x0f, 0x01, 0xf1, 0x0d, 0x01, 0x68, 0x00, 0x80, 0x08, 0xb8],
  [0x6e, 0x0f, 0x89],
  [0x77, 0x01, 0x0f, 0x0d, 0x0e, 0x0e, 0x00, 0x00, 0x02, 0xc7, 0xff, 0x9b],
  [0x85, 0x01],
];

/** Bytes of the registers from 0x2d to 0x87. */
export function vl53l1xSettings(): number[] {
  const bytes = new Array<number>(register.start - register.settings + 1).fill(0);
  for (const [from, ...values] of settingsFrom)
    values.forEach((value, index) => (bytes[from - register.settings + index] = value));
  return bytes;
}

/** Status of a measurement that has a distance (bits 4:0); others: too weak (4), nothing in range (5), too wide (6), too far (7). */
export const vl53l1xGood = 9;

/** Distance by the time that light takes, to 4 m, on a chip of its own processor (ST VL53L1X). */
export const vl53l1x = defineSensor({
  kind: 'vl53l1x',
  title: 'VL53L1X',
  settings,
  addresses: [0x29],
  channels: () => [{ name: 'distance', unit: 'mm', low: 0, high: 4000 }],
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: async ({ bus, address }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'VL53L1X');
    const numbers = (place: number): [number, number] => [place >> 8, place & 0xff];
    const byte = (place: number): number => chip.exchange(numbers(place), 1).getUint8(0);
    const set = (place: number, ...values: readonly number[]): void =>
      void chip.exchange([...numbers(place), ...values], 0);
    const ready = (): boolean => (byte(register.ready) & 1) === 1;
    await chip.until(ports.time, () => byte(register.booted) === 1, 2, 200);
    chip.identify(chip.exchange(numbers(register.identity), 2).getUint16(0), [identity]);
    set(register.settings, ...vl53l1xSettings());
    // A first measurement lets the chip find its working point; it then stays with it.
    set(register.start, 0x40);
    await chip.until(ports.time, ready, 5, 1000);
    set(register.clear, 1);
    set(register.start, 0);
    set(register.loops, 0x09);
    set(register.begin, 0);
    set(register.start, 0x40);
    const read = async (): Promise<number[]> => {
      await chip.until(ports.time, ready, 5, 1000);
      const status = byte(register.status) & 0x1f;
      const distance = chip.exchange(numbers(register.distance), 2).getUint16(0);
      set(register.clear, 1);
      return [status === vl53l1xGood ? distance : Number.NaN];
    };
    return { read, close: () => set(register.start, 0) };
  },
});
