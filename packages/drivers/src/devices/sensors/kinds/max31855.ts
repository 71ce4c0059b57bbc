import { z } from 'zod';
import { DriverError } from '../../../core/errors.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, spiKeys } from '../chip/settings.js';

const settings = z
  .strictObject({ kind: z.literal('max31855'), ...commonKeys, ...spiKeys })
  .meta({ title: 'MAX31855: thermocouple' });

/** An answer of the chip. */
export interface Max31855Reading {
  /** Hot junction, degC; a step is 0.25. */
  readonly thermocouple: number;
  /** Cold junction (the chip), degC; a step is 0.0625. */
  readonly chip: number;
  /** Bits: 1 open, 2 connected to ground, 4 connected to the supply; 0 none. */
  readonly fault: number;
}

/** Takes 32 bits apart: 14 bits hot junction, fault, 12 bits cold junction, three faults (Maxim 19-5793, tables 2 to 5). */
export function max31855Reading(word: number): Max31855Reading {
  return { thermocouple: (word >> 18) / 4, chip: ((word << 16) >> 20) / 16, fault: word & 7 };
}

const faults: readonly (readonly [bit: number, text: string])[] = [
  [1, 'the thermocouple is not connected, or broken'],
  [2, 'the thermocouple touches ground'],
  [4, 'the thermocouple touches the supply'],
];

/** Converter for thermocouples of one type each (K, J, N, T, E, S, R), with its cold junction (Maxim 19-5793). */
export const max31855 = defineSensor({
  kind: 'max31855',
  title: 'MAX31855',
  settings,
  channels: () => [
    { name: 'thermocouple', unit: 'degC', low: -270, high: 1800 },
    { name: 'chip', unit: 'degC', low: -40, high: 125 },
  ],
  port: ({ bus }) => `spi-${bus}`,
  place: ({ bus, select }) => `/dev/spidev${bus}.${select}`,
  open: ({ bus, select }, ports) => {
    const port = ports.spi(bus, select);
    const fail = (text: string): DriverError =>
      new DriverError('device', port.name, `MAX31855 at ${port.name}: ${text}`);
    const read = (): number[] => {
      const bytes = port.transfer([0, 0, 0, 0], { mode: 0, speedHz: 1_000_000 });
      const word = new DataView(bytes.buffer, bytes.byteOffset).getInt32(0);
      // Bits 17 and 3 are always 0: a wire that nobody drives is all 0 or all 1.
      if (word === 0 || (word & 0x20008) !== 0)
        throw fail('nothing answers: check supply, the three wires and the select line');
      const { thermocouple, chip, fault } = max31855Reading(word);
      const [, text] = faults.find(([bit]) => (fault & bit) !== 0) ?? [];
      if (text !== undefined) throw fail(`${text}: mend it, the chip itself has ${chip} degC`);
      return [thermocouple, chip];
    };
    read();
    return Promise.resolve({ read: () => Promise.resolve(read()), close: () => undefined });
  },
});
