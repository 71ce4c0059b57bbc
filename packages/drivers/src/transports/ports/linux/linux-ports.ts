import { setTimeout as sleep } from 'node:timers/promises';
import type { GpioPort, I2cPort, OneWirePort, Ports, SpiPort } from '../ports.api.js';
import { LinuxGpio } from './linux-gpio.js';
import { LinuxI2c } from './linux-i2c.js';
import { LinuxOneWire } from './linux-one-wire.js';
import { LinuxSpi } from './linux-spi.js';
import { linuxCalls, type SystemCalls } from './system-calls.js';

/** The ports of this machine; each is opened when it is first asked for. */
export class LinuxPorts implements Ports {
  readonly time = {
    nowNs: (): bigint => process.hrtime.bigint(),
    sleep: (ms: number): Promise<void> => sleep(Math.max(0, ms)),
  };
  private calls: SystemCalls | undefined;
  private readonly opened = new Map<string, { close(): void }>();

  /** @param calls those of the system, by default */
  constructor(calls?: SystemCalls) {
    this.calls = calls;
  }

  i2c(bus: number): I2cPort {
    return this.once(`i2c ${bus}`, (calls) => new LinuxI2c(calls, bus));
  }

  spi(bus: number, select: number): SpiPort {
    return this.once(`spi ${bus} ${select}`, (calls) => new LinuxSpi(calls, bus, select));
  }

  oneWire(): OneWirePort {
    return new LinuxOneWire();
  }

  gpio(chip: number): GpioPort {
    return this.once(`gpio ${chip}`, (calls) => new LinuxGpio(calls, chip));
  }

  close(): void {
    for (const port of this.opened.values()) port.close();
    this.opened.clear();
  }

  private once<P extends { close(): void }>(key: string, open: (calls: SystemCalls) => P): P {
    const known = this.opened.get(key) as P | undefined;
    if (known !== undefined) return known;
    this.calls ??= linuxCalls();
    const port = open(this.calls);
    this.opened.set(key, port);
    return port;
  }
}
