import type { ProbeResult } from '../../core/driver-definition.js';
import { errorFacts } from '../../core/errors.js';
import { hex, PortError } from '../../transports/ports/port-error.js';
import type { I2cPort, Ports } from '../../transports/ports/ports.api.js';
import { channelsOf, deviceNames } from './sensor-channels.js';
import { kindOf, sensorKinds } from './sensor-kinds.js';
import { SensorSlot } from './sensor-slot.js';
import type { SensorsConfig } from './sensors.config.js';

/** An address that answers, and kinds of sensors that it may be. */
export interface FoundAddress {
  readonly address: string;
  readonly kinds: readonly string[];
}

/** Addresses of an I2C bus that answer to a read of one byte. Throws a PortError when the bus cannot be opened. */
export function scanI2c(port: I2cPort): FoundAddress[] {
  const found: FoundAddress[] = [];
  for (let address = 0x08; address <= 0x77; address++) {
    try {
      port.transfer(address, [], 1);
    } catch (thrown) {
      // An address that a driver of the system has is there as well.
      if (!(thrown instanceof PortError) || thrown.fault !== 'busy') continue;
    }
    const kinds = sensorKinds.filter(({ addresses }) => addresses?.includes(address) === true);
    found.push({ address: hex(address), kinds: kinds.map(({ kind }) => kind) });
  }
  return found;
}

/** Reads every sensor of the configuration once, and looks who else is at their buses. Never throws. */
export async function probeSensors(config: SensorsConfig, ports: Ports): Promise<ProbeResult> {
  const names = deviceNames(config.devices);
  const channels = channelsOf(config.devices);
  const lines: string[] = [];
  const facts: Record<string, string> = {};
  let all = true;
  for (const [index, device] of config.devices.entries()) {
    const slot = new SensorSlot(names[index]!, device, ports);
    try {
      await slot.open();
      const values = channels
        .filter((channel) => channel.device === index)
        .map(({ name, unit, offset, factor, index: at }) => {
          const value = (slot.values[at]! - offset) * factor;
          return `${name} ${Number(value.toPrecision(5))} ${unit}`.trimEnd();
        });
      lines.push(`${kindOf(device).title} at ${kindOf(device).place(device)}: ${values.join(', ')}`);
      facts[names[index]!] = values.join(', ');
    } catch (thrown) {
      all = false;
      lines.push(errorFacts(thrown, names[index]!).message);
    } finally {
      slot.close();
    }
  }
  const buses = new Set(config.devices.flatMap((device) => ('address' in device ? [device.bus] : [])));
  for (const bus of buses) {
    try {
      const found = scanI2c(ports.i2c(bus)).map(({ address, kinds }) =>
        kinds.length === 0 ? address : `${address} (${kinds.join(' or ')})`,
      );
      facts[`i2c-${bus}`] = found.length === 0 ? 'nobody answers' : found.join(', ');
    } catch (thrown) {
      facts[`i2c-${bus}`] = errorFacts(thrown, `i2c-${bus}`).message;
    }
  }
  ports.close();
  return { found: all, message: lines.join('; '), facts };
}
