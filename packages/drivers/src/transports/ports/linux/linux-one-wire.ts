import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFault, PortError } from '../port-error.js';
import type { OneWirePort } from '../ports.api.js';
import { codeOf } from './system-calls.js';

/** Where Linux shows the chips of its one-wire buses. */
const usualFolder = '/sys/bus/w1/devices';

/** The one-wire buses of Linux, by the drivers w1-gpio and w1-therm of the kernel. */
export class LinuxOneWire implements OneWirePort {
  readonly name: string;

  constructor(folder = usualFolder) {
    this.name = folder;
  }

  async list(): Promise<string[]> {
    try {
      const names = await readdir(this.name);
      return names.filter((name) => /^[0-9a-f]{2}-[0-9a-f]+$/.test(name)).sort();
    } catch (thrown) {
      throw openFault('one-wire', this.name, codeOf(thrown));
    }
  }

  async read(device: string): Promise<string> {
    try {
      return await readFile(join(this.name, device, 'w1_slave'), 'latin1');
    } catch (thrown) {
      const code = codeOf(thrown);
      if (code !== 'ENOENT' && code !== 'EIO') throw openFault('one-wire', join(this.name, device), code);
      const known = await this.list();
      const others = known.length === 0 ? 'there are none at all' : `there are ${known.join(', ')}`;
      throw new PortError(
        'no-answer',
        device,
        `no chip ${device} at the one-wire bus (${others}): check supply, the data wire and its resistor of 4.7 kohm to 3.3 V`,
      );
    }
  }
}
