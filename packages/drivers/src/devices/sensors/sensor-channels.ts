import type { SignalDefinition } from '../../core/signal.js';
import type { SensorChannel } from './chip/sensor.api.js';
import { kindOf, type SensorConfig } from './sensor-kinds.js';

/** A channel of all sensors together. */
export interface NamedChannel extends SensorChannel {
  /** Place among all channels, and of its sensor and within that. */
  readonly number: number;
  readonly device: number;
  readonly index: number;
  /** Unique path: `bme280/temperature`. */
  readonly path: string;
  /** For a person: the given name, else sensor and channel. */
  readonly label: string;
  /** value = (what the sensor gives − offset) × factor. */
  readonly offset: number;
  readonly factor: number;
  /** Limits that were given, for warnings. */
  readonly warning: { readonly low?: number; readonly high?: number } | undefined;
}

function slug(text: string): string {
  return text.replaceAll(/[^\w.+-]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/** Names of the sensors: the given ones, else their kinds, with numbers where a kind is there several times. */
export function deviceNames(devices: readonly SensorConfig[]): string[] {
  return devices.map(({ name, kind }, index) => {
    if (name !== '') return slug(name) || `sensor-${index + 1}`;
    const before = devices.slice(0, index).filter((other) => other.name === '' && other.kind === kind);
    return before.length === 0 ? kind : `${kind}-${before.length + 1}`;
  });
}

/** Channels of all sensors in their order. */
export function channelsOf(devices: readonly SensorConfig[]): NamedChannel[] {
  const names = deviceNames(devices);
  const channels: NamedChannel[] = [];
  devices.forEach((config, device) => {
    kindOf(config)
      .channels(config)
      .forEach((channel, index) => {
        const given = config.channels[index];
        const { offset = 0, factor = 1, low, high } = given ?? {};
        const own = given?.name ?? '';
        const ends = [channel.low, channel.high].map((end) => (end - offset) * factor).sort((a, b) => a - b);
        channels.push({
          number: channels.length,
          device,
          index,
          name: own === '' ? channel.name : own,
          unit: given === undefined || given.unit === '' ? channel.unit : given.unit,
          low: low ?? ends[0]!,
          high: high ?? ends[1]!,
          path: `${names[device]!}/${slug(own) || channel.name}`,
          label: own === '' ? `${names[device]!} ${channel.name}` : own,
          offset,
          factor,
          warning:
            low === undefined && high === undefined
              ? undefined
              : { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) },
        });
      });
  });
  return channels;
}

/** A signal per channel, one per sensor that says whether it answers, and the rate of the readings. */
export function sensorSignals(devices: readonly SensorConfig[]): SignalDefinition[] {
  const names = deviceNames(devices);
  return [
    {
      name: 'rate',
      title: 'Readings per second',
      type: 'number',
      unit: 'Hz',
      access: 'readback',
      periodMs: 1000,
    },
    ...devices.map(
      (config, index): SignalDefinition => ({
        name: `${names[index]!}/present`,
        title: `${kindOf(config).title} at ${kindOf(config).place(config)} answers`,
        type: 'boolean',
        access: 'readback',
        periodMs: 1000,
      }),
    ),
    ...channelsOf(devices).map(
      ({ path, label, unit, warning }): SignalDefinition => ({
        name: path,
        title: label,
        type: 'number',
        ...(unit === '' ? {} : { unit }),
        access: 'readback',
        ...(warning === undefined ? {} : { warning }),
        periodMs: 1000,
      }),
    ),
  ];
}
