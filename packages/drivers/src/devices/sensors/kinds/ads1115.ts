import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

/** Inputs by the code of the multiplexer (bits 14:12 of the configuration). */
const inputs = {
  'A0-A1': 0,
  'A0-A3': 1,
  'A1-A3': 2,
  'A2-A3': 3,
  A0: 4,
  A1: 5,
  A2: 6,
  A3: 7,
} as const;
type Input = keyof typeof inputs;
const inputNames = Object.keys(inputs) as [Input, ...Input[]];

/** Full scale in V by the code of the amplifier (bits 11:9). */
export const ads1115Ranges = ['6.144', '4.096', '2.048', '1.024', '0.512', '0.256'] as const;
/** Conversions per second by their code (bits 7:5). */
const rates = ['8', '16', '32', '64', '128', '250', '475', '860'] as const;

const settings = z
  .strictObject({
    kind: z.literal('ads1115'),
    ...commonKeys,
    ...i2cKeys(['0x48', '0x49', '0x4a', '0x4b']),
    inputs: z
      .array(z.enum(inputNames))
      .min(1)
      .max(8)
      .default(['A0', 'A1', 'A2', 'A3'])
      .meta({ title: 'Inputs', description: 'A0-A1 is a difference' }),
    rangeV: z.enum(ads1115Ranges).default('4.096').meta({
      title: 'Full scale',
      unit: 'V',
      description: 'never more than the supply may be connected',
    }),
    rateHz: z.enum(rates).default('860').meta({ title: 'Conversions per second', unit: 'Hz' }),
  })
  .meta({ title: 'ADS1115: four voltages, 16 bits' });

const register = { conversion: 0, configuration: 1 } as const;
/** Single conversion, begun at once; comparator off (bits 15, 8 and 1:0). */
const single = 0x8103;

/** Volts of a code: its share of 2^15 times the full scale (Texas Instruments SBAS444, table 2). */
export function ads1115Volts(code: number, fullScale: number): number {
  return (code / 32_768) * fullScale;
}

/** Four inputs with 16 bits (Texas Instruments SBAS444). Each input is converted by itself when it is read. */
export const ads1115 = defineSensor({
  kind: 'ads1115',
  title: 'ADS1115',
  settings,
  addresses: [0x48, 0x49, 0x4a, 0x4b],
  channels: ({ inputs: wanted, rangeV }) =>
    wanted.map((name) => ({
      name,
      unit: 'V',
      low: name.includes('-') ? -Number(rangeV) : 0,
      high: Number(rangeV),
    })),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: (chosen, ports) => {
    const chip = new I2cChip(ports.i2c(chosen.bus), chosen.address, 'ADS1115');
    chip.read(register.configuration, 2);
    const fullScale = Number(chosen.rangeV);
    const fixed = single | (ads1115Ranges.indexOf(chosen.rangeV) << 9) | (rates.indexOf(chosen.rateHz) << 5);
    const conversionMs = 1000 / Number(chosen.rateHz);
    const read = async (): Promise<number[]> => {
      const values: number[] = [];
      for (const input of chosen.inputs) {
        const configuration = fixed | (inputs[input] << 12);
        chip.write(register.configuration, configuration >> 8, configuration & 0xff);
        await ports.time.sleep(conversionMs);
        const done = (): boolean => chip.byte(register.configuration) >= 0x80;
        await chip.until(ports.time, done, 0.1 * conversionMs, 2 * conversionMs + 20);
        values.push(ads1115Volts(chip.read(register.conversion, 2).getInt16(0), fullScale));
      }
      return values;
    };
    return Promise.resolve({ read, close: () => undefined });
  },
});
