import { defineDriver } from '../../core/driver-definition.js';
import { LinuxPorts } from '../../transports/ports/linux/linux-ports.js';
import { probeSensors } from './probe.js';
import { sensorSignals } from './sensor-channels.js';
import { zeroCommand } from './sensors.commands.js';
import { sensorsConfig } from './sensors.config.js';
import { Sensors } from './sensors.driver.js';
import { simulatedPorts } from './simulation/simulated-sensors.js';

/** Sensors at I2C, SPI, one wire and pins, read together in exact intervals. */
export const sensors = defineDriver({
  kind: 'sensors',
  title: 'Sensors',
  description:
    'Sensors at the buses and pins of a Raspberry Pi or another Linux machine, read together in exact intervals.',
  configSchema: sensorsConfig,
  capabilities: { endsByItself: true, pushes: false, native: true, simulator: true },
  commands: { zero: zeroCommand },
  signals: ({ devices }) => sensorSignals(devices),
  create: (config, context) => Promise.resolve(new Sensors(config, context, new LinuxPorts())),
  createSimulator: (config, context) => Promise.resolve(new Sensors(config, context, simulatedPorts(config))),
  probe: (config) => probeSensors(config, new LinuxPorts()),
});
