import { setTimeout as sleep } from 'node:timers/promises';
import { errno, openFault, PortError, transferFault } from '../../../transports/ports/port-error.js';
import type {
  EdgeCounter,
  GpioPort,
  I2cPort,
  InputPin,
  OneWirePort,
  OutputPin,
  Ports,
  PortTime,
  SpiPort,
} from '../../../transports/ports/ports.api.js';
import type { SimulatedI2cChip, SimulatedSpiChip } from './simulated-chip.js';

/** What happens at simulated pins. */
export interface SimulatedPins {
  /** A pin was driven. */
  drive?(line: number, high: boolean): void;
  /** Level of a pin; false where nothing drives it. */
  level?(line: number): boolean;
  /** Edges at a pin so far. */
  edges?(line: number): number;
}

/** Time of a simulation: that of the host, or one that goes on as far as somebody sleeps. */
export function simulatedTime(fast: boolean): PortTime {
  if (!fast) return { nowNs: () => process.hrtime.bigint(), sleep: (ms) => sleep(Math.max(0, ms)) };
  let nowNs = 0n;
  return {
    nowNs: () => nowNs,
    sleep: (ms) => {
      nowNs += BigInt(Math.round(Math.max(0, ms) * 1e6));
      return Promise.resolve();
    },
    skipTo: (ns) => {
      if (ns > nowNs) nowNs = ns;
    },
  };
}

/** Buses and pins made of software; chips are plugged in. Errors are those of the system's ports, word for word. */
export class SimulatedPorts implements Ports {
  readonly time: PortTime;
  readonly pins: SimulatedPins[] = [];
  /** Names of chips at the one-wire bus, and what the kernel says of them. */
  readonly thermometers = new Map<string, () => string>();
  /** Buses that must not be opened, by path. */
  readonly forbidden = new Set<string>();
  private readonly chips = new Map<string, SimulatedI2cChip>();
  private readonly selected = new Map<string, SimulatedSpiChip>();
  private readonly taken = new Set<number>();

  constructor(time: PortTime) {
    this.time = time;
  }

  /** Puts a chip at an address; undefined takes it away. */
  plugI2c(bus: number, address: number, chip: SimulatedI2cChip | undefined): void {
    const key = `${bus} ${address}`;
    if (chip === undefined) this.chips.delete(key);
    else this.chips.set(key, chip);
  }

  /** Puts a chip at a select line. */
  plugSpi(bus: number, select: number, chip: SimulatedSpiChip): void {
    this.selected.set(`${bus} ${select}`, chip);
  }

  i2c(bus: number): I2cPort {
    const name = `/dev/i2c-${bus}`;
    this.allow('i2c', name);
    return {
      name,
      transfer: (address, write, readLength) => {
        const chip = this.chips.get(`${bus} ${address}`);
        if (chip === undefined) throw transferFault(name, address, errno.EREMOTEIO);
        const answer = chip.transfer(write, readLength);
        return Uint8Array.from({ length: readLength }, (_, index) => answer[index] ?? 0xff);
      },
    };
  }

  spi(bus: number, select: number): SpiPort {
    const name = `/dev/spidev${bus}.${select}`;
    this.allow('spi', name);
    return {
      name,
      transfer: (write) => {
        // Without a chip the line is held low by nobody but the resistor of the pin.
        const chip = this.selected.get(`${bus} ${select}`);
        return Uint8Array.from(chip?.transfer(write) ?? write.map(() => 0));
      },
    };
  }

  oneWire(): OneWirePort {
    const name = '/sys/bus/w1/devices';
    return {
      name,
      list: () => Promise.resolve([...this.thermometers.keys()].sort()),
      read: async (device) => {
        const text = this.thermometers.get(device);
        if (text === undefined)
          throw new PortError('no-answer', device, `no chip ${device} at the one-wire bus`);
        await this.time.sleep(750);
        return text();
      },
    };
  }

  gpio(chip: number): GpioPort {
    const name = `/dev/gpiochip${chip}`;
    this.allow('gpio', name);
    const level = (line: number): boolean => this.pins.some((pin) => pin.level?.(line) === true);
    const drive = (line: number, high: boolean): void => {
      for (const pin of this.pins) pin.drive?.(line, high);
    };
    const edges = (line: number): number => this.pins.reduce((sum, pin) => sum + (pin.edges?.(line) ?? 0), 0);
    const release = (line: number) => (): void => void this.taken.delete(line);
    return {
      name,
      output: (line, high): OutputPin => {
        this.take(name, line);
        drive(line, high);
        return { set: (up) => drive(line, up), close: release(line) };
      },
      input: (line): InputPin => {
        this.take(name, line);
        return { get: () => level(line), close: release(line) };
      },
      counter: (line): EdgeCounter => {
        this.take(name, line);
        const before = edges(line);
        return { count: () => edges(line) - before, close: release(line) };
      },
    };
  }

  close(): void {
    this.taken.clear();
  }

  private take(name: string, line: number): void {
    if (this.taken.has(line))
      throw new PortError('busy', `${name} line ${line}`, `pin ${line} of ${name} is in use`);
    this.taken.add(line);
  }

  private allow(kind: 'i2c' | 'spi' | 'gpio', name: string): void {
    if (this.forbidden.has(name)) throw openFault(kind, name, 'EACCES');
  }
}
