import { defineDriver } from '../../core/driver-definition.js';
import type { SignalDefinition } from '../../core/signal.js';
import { seekCommand } from './replay.commands.js';
import { replayConfig } from './replay.config.js';
import { Replay } from './replay.driver.js';
import { fileBytes, simulatedBytes } from './replay.io.js';
import { scanRecording } from './replay.reader.js';

const signals: readonly SignalDefinition[] = [
  { name: 'rate', title: 'Rate of records', type: 'number', unit: 'Hz', access: 'readback', periodMs: 1000 },
  {
    name: 'position',
    title: 'Time in the recording',
    type: 'number',
    unit: 's',
    access: 'readback',
    periodMs: 500,
  },
  {
    name: 'duration',
    title: 'Length of the recording',
    type: 'number',
    unit: 's',
    access: 'readback',
    periodMs: 10_000,
  },
  {
    name: 'speed',
    title: 'Speed',
    description: '1: as recorded, 0: as fast as possible',
    type: 'number',
    access: 'setting',
    limits: { low: 0, high: 1_000_000 },
    periodMs: 5000,
  },
];

/** Plays a recorded DAQ file as if it were taken now. */
export const replay = defineDriver({
  kind: 'replay',
  title: 'Replay of a recorded file',
  description: 'Plays a recorded DAQ file as if it were taken now, at its own or any speed.',
  configSchema: replayConfig,
  capabilities: { endsByItself: true, pushes: false, native: false, simulator: true },
  commands: { seek: seekCommand },
  signals: () => signals,
  create: (config, context) => Promise.resolve(new Replay(config, context, fileBytes(config.path))),
  createSimulator: (config, context) => Promise.resolve(new Replay(config, context, simulatedBytes(config))),
  probe: async (config) => {
    try {
      const bytes = fileBytes(config.path);
      bytes.version();
      const { format, rows, tables } = await scanRecording(bytes, config);
      return { found: true, message: `${rows} rows in ${tables.length} tables`, facts: { format, rows } };
    } catch (thrown) {
      return { found: false, message: thrown instanceof Error ? thrown.message : String(thrown), facts: {} };
    }
  },
});
