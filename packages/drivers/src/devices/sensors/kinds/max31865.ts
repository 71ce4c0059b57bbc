import { z } from 'zod';
import { DriverError } from '../../../core/errors.js';
import type { SpiMode } from '../../../transports/ports/ports.api.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, spiKeys } from '../chip/settings.js';

const settings = z
  .strictObject({
    kind: z.literal('max31865'),
    ...commonKeys,
    ...spiKeys,
    nominalOhm: z
      .number()
      .min(10)
      .max(10_000)
      .default(100)
      .meta({ title: 'Resistance at 0 degC', unit: 'ohm', description: '100 for Pt100, 1000 for Pt1000' }),
    referenceOhm: z.number().min(10).max(100_000).default(430).meta({
      title: 'Reference resistor',
      unit: 'ohm',
      description: 'usually 430 for Pt100, 4300 for Pt1000',
    }),
    wires: z.enum(['2', '3', '4']).default('4').meta({ title: 'Wires of the sensor' }),
    mains: z.enum(['50', '60']).default('50').meta({ title: 'Mains', unit: 'Hz' }),
  })
  .meta({ title: 'MAX31865: platinum thermometer' });

const register = { configuration: 0, resistance: 1, fault: 7, write: 0x80 } as const;
const bit = { bias: 0x80, single: 0x20, threeWires: 0x10, clearFault: 0x02, mains50: 0x01 } as const;
const mode: SpiMode = { mode: 1, speedHz: 500_000 };

/** Callendar and Van Dusen, IEC 60751: R = R0 (1 + a t + b t² + c (t - 100) t³), the last part below 0 degC. */
const [a, b, c] = [3.9083e-3, -5.775e-7, -4.183e-12];

/** Resistance of a platinum thermometer over that at 0 degC (IEC 60751), -200 to 850 degC. */
export function platinumRatio(celsius: number): number {
  const below = celsius < 0 ? c * (celsius - 100) * celsius ** 3 : 0;
  return 1 + a * celsius + b * celsius ** 2 + below;
}

/** Temperature in degC of a resistance over that at 0 degC: the inverse of `platinumRatio`, within 1e-6 degC. */
export function platinumCelsius(ratio: number): number {
  let celsius = (-a + Math.sqrt(a * a - 4 * b * (1 - ratio))) / (2 * b);
  if (ratio >= 1) return celsius;
  for (let step = 0; step < 8; step++) {
    const slope = a + 2 * b * celsius + c * (4 * celsius ** 3 - 300 * celsius ** 2);
    celsius -= (platinumRatio(celsius) - ratio) / slope;
  }
  return celsius;
}

/** Bits of the fault register, in words. */
const faults: readonly (readonly [bit: number, text: string])[] = [
  [0x80, 'the sensor is not connected, or broken'],
  [0x40, 'the sensor has a short circuit'],
  [0x38, 'a wire of the sensor is not connected'],
  [0x04, 'an input has too much or too little voltage'],
];

/** Converter for platinum thermometers (Maxim 19-6478): the code of 15 bits is R / R of the reference × 2^15. */
export const max31865 = defineSensor({
  kind: 'max31865',
  title: 'MAX31865',
  settings,
  channels: () => [
    { name: 'temperature', unit: 'degC', low: -200, high: 850 },
    { name: 'resistance', unit: 'ohm', low: 0, high: 10_000 },
  ],
  port: ({ bus }) => `spi-${bus}`,
  place: ({ bus, select }) => `/dev/spidev${bus}.${select}`,
  open: ({ bus, select, nominalOhm, referenceOhm, wires, mains }, ports) => {
    const { time } = ports;
    const port = ports.spi(bus, select);
    const fixed = (wires === '3' ? bit.threeWires : 0) | (mains === '50' ? bit.mains50 : 0);
    const set = (value: number): void =>
      void port.transfer([register.configuration | register.write, value], mode);
    const fail = (text: string): DriverError =>
      new DriverError('device', port.name, `MAX31865 at ${port.name}: ${text}`);
    set(fixed | bit.bias | bit.clearFault);
    const kept = port.transfer([register.configuration, 0], mode)[1] ?? 0;
    if ((kept & (bit.bias | bit.threeWires | bit.mains50)) !== (fixed | bit.bias))
      throw fail('nothing answers: check supply, the four wires and the select line');
    const read = async (): Promise<number[]> => {
      set(fixed | bit.bias | bit.clearFault);
      await time.sleep(10);
      set(fixed | bit.bias | bit.single);
      await time.sleep(mains === '50' ? 65 : 55);
      const answer = port.transfer([register.resistance, 0, 0], mode);
      const code = ((answer[1] ?? 0) << 8) | (answer[2] ?? 0);
      if ((code & 1) === 1) {
        const found = port.transfer([register.fault, 0], mode)[1] ?? 0;
        const [, text] = faults.find(([bits]) => (found & bits) !== 0) ?? [0, 'it tells a fault'];
        throw fail(`${text}: check the wires and their number in the settings`);
      }
      const ohm = ((code >> 1) / 32_768) * referenceOhm;
      return [platinumCelsius(ohm / nominalOhm), ohm];
    };
    return Promise.resolve({ read, close: () => set(fixed) });
  },
});
