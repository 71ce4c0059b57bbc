import { z } from 'zod';
import { DriverError } from '../../../core/errors.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('ds18b20'),
    ...commonKeys,
    device: z
      .string()
      .regex(/^$|^[0-9a-f]{2}-[0-9a-f]{12}$/, 'a name such as 28-0316a2795cff')
      .default('')
      .meta({ title: 'Chip', description: 'its name, such as 28-0316a2795cff; empty: the only one' }),
  })
  .meta({ title: 'DS18B20: thermometer at one wire' });

/** Family codes: DS18B20, DS1822, DS1825/MAX31826. */
const families = ['28', '22', '3b'];

/** Check of Maxim's one-wire chips: polynomial x^8 + x^5 + x^4 + 1, lowest bit first (application note 27). */
export function oneWireCheck(bytes: ArrayLike<number>): number {
  let check = 0;
  for (let i = 0; i < bytes.length; i++) {
    check ^= bytes[i]!;
    for (let bit = 0; bit < 8; bit++) check = (check & 1) === 1 ? (check >> 1) ^ 0x8c : check >> 1;
  }
  return check;
}

/** Temperature in degC of the first two bytes of the memory, in sixteenths (Maxim 19-7487, table 1). */
export function ds18b20Celsius(low: number, high: number): number {
  return ((((high << 8) | low) << 16) >> 16) / 16;
}

/** Bytes of the chip's memory in the kernel's text: two lines that begin with nine bytes. Undefined for another text. */
export function scratchPad(text: string): number[] | undefined {
  const bytes = /^((?:[0-9a-f]{2} ){9})/.exec(text)?.[1];
  return bytes
    ?.trim()
    .split(' ')
    .map((byte) => Number.parseInt(byte, 16));
}

/** The thermometer at one wire, through the kernel's driver (Maxim 19-7487). */
export const ds18b20 = defineSensor({
  kind: 'ds18b20',
  title: 'DS18B20',
  settings,
  channels: () => [{ name: 'temperature', unit: 'degC', low: -55, high: 125 }],
  port: () => 'one-wire',
  place: ({ device }) => `one-wire bus ${device}`.trim(),
  open: async ({ device }, ports) => {
    const bus = ports.oneWire();
    const found = (await bus.list()).filter((name) => families.includes(name.slice(0, 2)));
    const fail = (text: string): DriverError =>
      new DriverError(
        'device',
        device === '' ? 'one-wire bus' : device,
        `DS18B20 at the one-wire bus: ${text}`,
      );
    if (device === '' && found.length !== 1) {
      throw fail(
        found.length === 0
          ? 'no thermometer answers: check supply, the data wire and its resistor of 4.7 kohm to 3.3 V'
          : `there are ${found.join(', ')}: give the name of one`,
      );
    }
    const name = device === '' ? found[0]! : device;
    if (!found.includes(name))
      throw fail(`${name} is not there; there ${found.length === 0 ? 'is none' : `are ${found.join(', ')}`}`);
    const read = async (): Promise<number[]> => {
      const memory = scratchPad(await bus.read(name));
      if (memory === undefined) throw fail(`${name} gives an answer that is none: is it a thermometer?`);
      if (memory.every((byte) => byte === 0) || oneWireCheck(memory) !== 0) {
        throw fail(
          `${name} was read with a wrong check sum: the wire is too long, or its resistor (4.7 kohm) missing or too large`,
        );
      }
      return [ds18b20Celsius(memory[0]!, memory[1]!)];
    };
    return { read, close: () => undefined };
  },
});
