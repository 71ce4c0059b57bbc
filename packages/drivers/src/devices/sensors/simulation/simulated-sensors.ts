import { DriverError } from '../../../core/errors.js';
import { errno, transferFault } from '../../../transports/ports/port-error.js';
import type { Ports } from '../../../transports/ports/ports.api.js';
import type { SensorConfig } from '../sensor-kinds.js';
import type { SensorsConfig } from '../sensors.config.js';
import {
  simulatedBme280,
  simulatedBmp180,
  simulatedDs18b20,
  simulatedMax31855,
  simulatedMax31865,
} from './climate-chips.js';
import { simulatedAs726x, simulatedGdk101 } from './light-chips.js';
import { simulatedAdxl345, simulatedMlx90393, simulatedMma845x, simulatedVl53l1x } from './motion-chips.js';
import type { SimulatedI2cChip, SimulatedSpiChip } from './simulated-chip.js';
import { simulatedHx711 } from './simulated-hx711.js';
import { SimulatedPorts, simulatedTime } from './simulated-ports.js';
import { SimulatedWorld } from './simulated-world.js';
import {
  simulatedAds1115,
  simulatedGroveAdc,
  simulatedIna219,
  simulatedMcp,
  simulatedTcs34725,
} from './voltage-chips.js';

/** Rate of a simulated Geiger counter, Hz. */
const geigerHz = 4;
/** Name of the simulated thermometer when the settings give none. */
const usualThermometer = '28-0316a2795cff';

/** What the fault does while it lasts. */
interface Trouble {
  readonly active: () => boolean;
  readonly kind: SensorsConfig['simulation']['fault'];
}

/** Buses and pins with a simulated chip for every sensor of the configuration. */
export function simulatedPorts(config: SensorsConfig): Ports {
  const { seed, pacing, fault, faultAfterS, faultForS } = config.simulation;
  const time = simulatedTime(pacing === 'fast');
  const beginNs = time.nowNs();
  const seconds = (): number => Number(time.nowNs() - beginNs) / 1e9;
  const world = new SimulatedWorld(seed, seconds);
  const ports = new SimulatedPorts(time);
  const during = (): boolean => seconds() >= faultAfterS && seconds() < faultAfterS + faultForS;
  config.devices.forEach((device, index) => {
    plug(ports, world, device, { kind: index === 0 ? fault : 'none', active: during });
  });
  const [first] = config.devices;
  if (fault === 'permission' && first !== undefined) {
    if ('select' in first) ports.forbidden.add(`/dev/spidev${first.bus}.${first.select}`);
    else if ('bus' in first) ports.forbidden.add(`/dev/i2c-${first.bus}`);
    else if ('chip' in first) ports.forbidden.add(`/dev/gpiochip${first.chip}`);
  }
  return ports;
}

/** Plugs the simulated chip of a sensor in where its settings look for it. */
export function plug(
  ports: SimulatedPorts,
  world: SimulatedWorld,
  device: SensorConfig,
  trouble: Trouble,
): void {
  switch (device.kind) {
    case 'ds18b20': {
      const name = device.device === '' ? usualThermometer : device.device;
      ports.thermometers.set(name, () => {
        if (trouble.kind === 'no-answer' && trouble.active())
          throw new DriverError('device', name, `no chip ${name} at the one-wire bus`);
        return simulatedDs18b20(world, name, trouble.kind === 'check-sum' && trouble.active());
      });
      return;
    }
    case 'gpio-counter': {
      let edges = 0;
      ports.pins.push({
        edges: (line) => {
          if (line !== device.pin) return 0;
          edges += world.particles(`pin ${line}`, geigerHz);
          return edges;
        },
      });
      return;
    }
    case 'hx711':
      ports.pins.push(simulatedHx711(world, device.dataPin, device.clockPin));
      return;
    case 'mcp3008':
    case 'mcp3208':
    case 'max31855':
    case 'max31865': {
      const chip = spiChip(world, device);
      ports.plugSpi(device.bus, device.select, {
        transfer: (write) =>
          trouble.kind === 'no-answer' && trouble.active() ? write.map(() => 0) : chip.transfer(write),
      });
      return;
    }
    default: {
      const address = Number(device.address);
      const chip = i2cChip(world, device);
      ports.plugI2c(device.bus, address, faulty(chip, trouble, `/dev/i2c-${device.bus}`, address));
    }
  }
}

function faulty(
  chip: SimulatedI2cChip,
  { kind, active }: Trouble,
  bus: string,
  address: number,
): SimulatedI2cChip {
  return {
    transfer: (write, readLength) => {
      if (kind === 'no-answer' && active()) throw transferFault(bus, address, errno.EREMOTEIO);
      const answer = chip.transfer(write, readLength);
      return kind === 'wrong-chip' && active() ? answer.map((byte) => byte ^ 0x5a) : answer;
    },
  };
}

type SpiConfig = Extract<SensorConfig, { select: number }>;
type I2cConfig = Extract<SensorConfig, { address: string }>;

function spiChip(world: SimulatedWorld, device: SpiConfig): SimulatedSpiChip {
  const place = `${device.kind} ${device.bus}.${device.select}`;
  switch (device.kind) {
    case 'mcp3008':
      return simulatedMcp(world, place, 10, device.referenceV);
    case 'mcp3208':
      return simulatedMcp(world, place, 12, device.referenceV);
    case 'max31855':
      return simulatedMax31855(world, place);
    case 'max31865':
      return simulatedMax31865(world, place, device.nominalOhm, device.referenceOhm);
  }
}

function i2cChip(world: SimulatedWorld, device: I2cConfig): SimulatedI2cChip {
  const place = `${device.kind} ${device.bus} ${device.address}`;
  switch (device.kind) {
    case 'ads1115':
      return simulatedAds1115(world, place);
    case 'grove-adc':
      return simulatedGroveAdc(world, place);
    case 'ina219':
      return simulatedIna219(world, place, device.shuntOhm);
    case 'bmp180':
      return simulatedBmp180(world);
    case 'bmp280':
      return simulatedBme280(world, false);
    case 'bme280':
      return simulatedBme280(world, true);
    case 'mma845x':
      return simulatedMma845x(world, place);
    case 'adxl345':
      return simulatedAdxl345(world, place);
    case 'mlx90393':
      return simulatedMlx90393(world, place);
    case 'vl53l1x':
      return simulatedVl53l1x(world, place);
    case 'tcs34725':
      return simulatedTcs34725(world, place);
    case 'as7262':
      return simulatedAs726x(world, place, 1);
    case 'as7265x':
      return simulatedAs726x(world, place, 3);
    case 'gdk101':
      return simulatedGdk101(world, place);
  }
}
