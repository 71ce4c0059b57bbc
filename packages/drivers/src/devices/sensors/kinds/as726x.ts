import { z } from 'zod';
import type { Ports } from '../../../transports/ports/ports.api.js';
import { I2cChip } from '../chip/i2c-chip.js';
import { defineSensor, type Sensor } from '../chip/sensor.api.js';
import { commonKeys, i2cKeys } from '../chip/settings.js';

const keys = {
  ...commonKeys,
  ...i2cKeys(['0x49']),
  gain: z.enum(['1', '3.7', '16', '64']).default('16').meta({ title: 'Gain' }),
  integrationMs: z.number().min(2.8).max(714).default(140).meta({
    title: 'Exposure',
    unit: 'ms',
    description: 'in steps of 2.8 ms',
  }),
  lamp: z.boolean().default(false).meta({ title: 'Lamp of the board on' }),
};
const settings7262 = z
  .strictObject({ kind: z.literal('as7262'), ...keys })
  .meta({ title: 'AS7262: light of six colours' });
const settings7265 = z
  .strictObject({ kind: z.literal('as7265x'), ...keys })
  .meta({ title: 'AS7265x: light of eighteen colours' });

type Settings = z.output<typeof settings7262> | z.output<typeof settings7265>;

/** The three registers that the chip has in truth; all others are reached through them. */
const port = { status: 0, write: 1, read: 2 } as const;
const pending = { write: 2, read: 1 } as const;
const register = {
  version: 0x01,
  control: 0x04,
  exposure: 0x05,
  lamp: 0x07,
  light: 0x14,
  chip: 0x4f,
} as const;
const ready = 0x02;
/** All colours once (bank 3). */
const once = 0x0c;
const stepMs = 2.8;

/** Wavelengths in nm of the values at 0x14, 0x18 … of each chip (ams AS7262, AS7265x). */
const wavelengths = {
  as7262: [[450, 500, 550, 570, 600, 650]],
  as7265x: [
    [610, 680, 730, 760, 810, 860],
    [560, 585, 645, 705, 900, 940],
    [410, 435, 460, 485, 510, 535],
  ],
} as const;
const versions = { as7262: [0x3e], as7265x: [0x41] } as const;
type Kind = keyof typeof wavelengths;

/** Registers behind the three real ones (ams AS7262, section "I2C virtual register access"). */
class VirtualRegisters {
  constructor(
    private readonly chip: I2cChip,
    private readonly ports: Ports,
  ) {}

  async get(place: number): Promise<number> {
    if ((this.chip.byte(port.status) & pending.read) !== 0) this.chip.byte(port.read);
    await this.free();
    this.chip.write(port.write, place);
    const there = (): boolean => (this.chip.byte(port.status) & pending.read) !== 0;
    await this.chip.until(this.ports.time, there, 1, 100);
    return this.chip.byte(port.read);
  }

  async set(place: number, value: number): Promise<void> {
    await this.free();
    this.chip.write(port.write, place | 0x80);
    await this.free();
    this.chip.write(port.write, value);
  }

  /** A calibrated value: four bytes of a float, highest first. */
  async float(place: number): Promise<number> {
    const bytes = new DataView(new ArrayBuffer(4));
    for (let i = 0; i < 4; i++) bytes.setUint8(i, await this.get(place + i));
    return bytes.getFloat32(0);
  }

  private free(): Promise<void> {
    const done = (): boolean => (this.chip.byte(port.status) & pending.write) === 0;
    return this.chip.until(this.ports.time, done, 1, 100);
  }
}

async function open(kind: Kind, settings: Settings, ports: Ports): Promise<Sensor> {
  const chip = new I2cChip(ports.i2c(settings.bus), settings.address, kind.toUpperCase());
  const registers = new VirtualRegisters(chip, ports);
  chip.identify(await registers.get(register.version), versions[kind]);
  const chips = wavelengths[kind];
  const control = ['1', '3.7', '16', '64'].indexOf(settings.gain) << 4;
  const steps = Math.min(255, Math.max(1, Math.round(settings.integrationMs / stepMs)));
  const choose = async (index: number): Promise<void> => {
    if (chips.length > 1) await registers.set(register.chip, index);
  };
  for (const index of chips.keys()) {
    await choose(index);
    await registers.set(register.exposure, steps);
    await registers.set(register.lamp, settings.lamp ? 0x08 : 0);
  }
  const read = async (): Promise<number[]> => {
    for (const index of chips.keys()) {
      await choose(index);
      await registers.set(register.control, control | once);
    }
    await ports.time.sleep(2 * steps * stepMs);
    const found: { nm: number; light: number }[] = [];
    for (const [index, colours] of chips.entries()) {
      await choose(index);
      for (let tries = 0; ((await registers.get(register.control)) & ready) === 0; tries++) {
        if (tries > 50) throw chip.error('has no value ready: its supply is too weak');
        await ports.time.sleep(stepMs);
      }
      for (const [place, nm] of colours.entries())
        found.push({ nm, light: await registers.float(register.light + 4 * place) });
    }
    return found.sort((a, b) => a.nm - b.nm).map(({ light }) => light);
  };
  return { read, close: () => undefined };
}

function channels(kind: Kind) {
  const all: number[] = wavelengths[kind].flat();
  return all.sort((a, b) => a - b).map((nm) => ({ name: `${nm}nm`, unit: 'uW/cm^2', low: 0, high: 65_535 }));
}

/** Six colours from 450 to 650 nm, calibrated by the maker (ams AS7262). */
export const as7262 = defineSensor({
  kind: 'as7262',
  title: 'AS7262',
  settings: settings7262,
  addresses: [0x49],
  channels: () => channels('as7262'),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: (settings, ports) => open('as7262', settings, ports),
});

/** Eighteen colours from 410 to 940 nm on three chips behind one address (ams AS7265x), in the order of wavelengths. */
export const as7265x = defineSensor({
  kind: 'as7265x',
  title: 'AS7265x',
  settings: settings7265,
  addresses: [0x49],
  channels: () => channels('as7265x'),
  port: ({ bus }) => `i2c-${bus}`,
  place: ({ bus, address }) => `/dev/i2c-${bus} ${address}`,
  open: (settings, ports) => open('as7265x', settings, ports),
});
