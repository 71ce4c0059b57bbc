import { z } from 'zod';
import type { SpiMode } from '../../../transports/ports/ports.api.js';
import { defineSensor, type SensorKind } from '../chip/sensor.api.js';
import { commonKeys, spiKeys } from '../chip/settings.js';

/** Inputs by their bits: single or difference, then the number. */
const inputs = {
  '0': 8,
  '1': 9,
  '2': 10,
  '3': 11,
  '4': 12,
  '5': 13,
  '6': 14,
  '7': 15,
  '0-1': 0,
  '1-0': 1,
  '2-3': 2,
  '3-2': 3,
  '4-5': 4,
  '5-4': 5,
  '6-7': 6,
  '7-6': 7,
} as const;
type Input = keyof typeof inputs;
const inputNames = Object.keys(inputs) as [Input, ...Input[]];
const mode: SpiMode = { mode: 0, speedHz: 1_000_000 };

function settingsOf<const K extends string>(kind: K, title: string) {
  return z
    .strictObject({
      kind: z.literal(kind),
      ...commonKeys,
      ...spiKeys,
      inputs: z
        .array(z.enum(inputNames))
        .min(1)
        .max(16)
        .default(['0'])
        .meta({ title: 'Inputs', description: '0-1 is a difference' }),
      referenceV: z.number().min(0.25).max(5.5).default(3.3).meta({ title: 'Reference', unit: 'V' }),
    })
    .meta({ title });
}

/** Bytes that ask for an input: a start bit, its bits, and clocks for so many bits of answer. */
export function mcp3x08Request(bits: 10 | 12, input: number): number[] {
  return bits === 10 ? [1, input << 4, 0] : [0x04 | (input >> 2), (input & 3) << 6, 0];
}

/** Code of an answer. */
export function mcp3x08Code(bits: 10 | 12, answer: Uint8Array): number {
  return (((answer[1] ?? 0) << 8) | (answer[2] ?? 0)) & ((1 << bits) - 1);
}

interface Settings {
  readonly kind: string;
  readonly bus: number;
  readonly select: number;
  readonly inputs: readonly Input[];
  readonly referenceV: number;
}

function converter<Z extends z.ZodType<Settings>>(
  kind: string,
  title: string,
  bits: 10 | 12,
  settings: Z,
): SensorKind<Z> {
  return defineSensor<Z>({
    kind,
    title,
    settings,
    channels: ({ inputs: wanted, referenceV }) =>
      wanted.map((name) => ({ name: `in${name}`, unit: 'V', low: 0, high: referenceV })),
    port: ({ bus }) => `spi-${bus}`,
    place: ({ bus, select }) => `/dev/spidev${bus}.${select}`,
    open: ({ bus, select, inputs: wanted, referenceV }, ports) => {
      const port = ports.spi(bus, select);
      const volts = (input: Input): number =>
        (mcp3x08Code(bits, port.transfer(mcp3x08Request(bits, inputs[input]), mode)) * referenceV) /
        2 ** bits;
      return Promise.resolve({
        read: () => Promise.resolve(wanted.map(volts)),
        close: () => undefined,
      });
    },
  });
}

const settings3008 = settingsOf('mcp3008', 'MCP3008: eight voltages, 10 bits');
const settings3208 = settingsOf('mcp3208', 'MCP3208: eight voltages, 12 bits');

/** Eight inputs with 10 bits (Microchip DS21295, figure 6-1). The chip cannot be told apart from a missing one. */
export const mcp3008 = converter('mcp3008', 'MCP3008', 10, settings3008);
/** Eight inputs with 12 bits (Microchip DS21298, figure 6-1). */
export const mcp3208 = converter('mcp3208', 'MCP3208', 12, settings3208);
