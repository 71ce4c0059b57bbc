import { kindOf, sensorSettings } from '../../sensors/sensor-kinds.js';

type Device = Readonly<Record<string, unknown>>;

/** A value that an older program had, and where it is here. */
export interface OriginalChannel {
  /** Place among all channels here. */
  readonly place: number;
  /** Name and unit that the value has here. */
  readonly name: string;
  readonly unit: string;
}

/** Values that PhyPiDAQ reads out of a sensor, in its order, by our names of them. Sensors that are not here: ours. */
const original: Readonly<Record<string, readonly string[]>> = {
  ina219: ['current', 'voltage', 'power'],
  gdk101: ['dose-1min', 'dose-10min'],
  max31855: ['thermocouple'],
  max31865: ['temperature'],
  'gpio-counter': ['counts'],
  mlx90393: ['x', 'y', 'z'],
};
/** How many of them it reads when the file does not say so; not here: all. */
const usual: Readonly<Record<string, number>> = { ina219: 2, gdk101: 1, bme280: 2 };

/** How many values of a sensor PhyPiDAQ reads: as wanted, at most those that there are. */
export function originalCount(kind: string, there: number, wanted: number | undefined): number {
  const most = original[kind]?.length ?? there;
  return Math.max(1, Math.min(most, Math.round(wanted ?? usual[kind] ?? most)));
}

/**
 * Where the values `c0`, `c1`, … of PhyPiDAQ are among the channels of sensors here, which have more of them, or in another
 * order. `wanted`: the number that the file gives, by sensor. Undefined where every value is at its own place, or a
 * sensor's settings are not usable.
 */
export function originalChannels(
  devices: readonly Device[],
  wanted: readonly (number | undefined)[],
): readonly OriginalChannel[] | undefined {
  const found: OriginalChannel[] = [];
  let first = 0;
  for (const [index, device] of devices.entries()) {
    const parsed = sensorSettings.safeParse(device);
    if (!parsed.success) return undefined;
    const { kind, channels: given } = parsed.data;
    const channels = kindOf(parsed.data).channels(parsed.data);
    const names = original[kind] ?? channels.map(({ name }) => name);
    for (const name of names.slice(0, originalCount(kind, channels.length, wanted[index]))) {
      const at = channels.findIndex((channel) => channel.name === name);
      const unit = given[at]?.unit ?? '';
      found.push({ place: first + at, name, unit: unit === '' ? channels[at]!.unit : unit });
    }
    first += channels.length;
  }
  return found.length === first && found.every(({ place }, index) => place === index) ? undefined : found;
}
