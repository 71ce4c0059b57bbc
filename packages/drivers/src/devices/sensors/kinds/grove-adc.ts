import { z } from 'zod';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const inputNames = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'] as const;

const settings = z
  .strictObject({
    kind: z.literal('grove-adc'),
    ...commonKeys,
    ...i2cKeys(['0x08', '0x04']),
    inputs: z
      .array(z.enum(inputNames))
      .min(1)
      .max(8)
      .default(['A0'])
      .meta({ title: 'Inputs', description: 'as the board names them' }),
  })
  .meta({ title: 'Grove Base Hat: eight voltages, 12 bits' });

const register = { identity: 0x00, millivolts: 0x20 } as const;
/** Identities of the board and of its small form. */
const identities = [0x0004, 0x0005];

/**
 * The converter on Seeed's Grove Base Hat for Raspberry Pi (a microcontroller; registers as in Seeed's documentation of the board):
 * two bytes each, low one first; 0x20 + n is the voltage of input n in mV.
 */
export const groveAdc = defineSensor({
  kind: 'grove-adc',
  title: 'Grove ADC',
  settings,
  addresses: [0x04, 0x08],
  channels: ({ inputs }) => inputs.map((name) => ({ name, unit: 'V', low: 0, high: 3.3 })),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: ({ bus, address, inputs }, ports) => {
    const chip = new I2cChip(ports.i2c(bus), address, 'Grove ADC');
    chip.identify(chip.read(register.identity, 2).getUint16(0, true), identities);
    const volts = (name: (typeof inputNames)[number]): number =>
      chip.read(register.millivolts + inputNames.indexOf(name), 2).getUint16(0, true) / 1000;
    return Promise.resolve({ read: () => Promise.resolve(inputs.map(volts)), close: () => undefined });
  },
});
