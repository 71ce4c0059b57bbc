import type { SignalDefinition, SignalValue } from '../../core/signal.js';
import { RandomSource } from './random-source.js';
import type { SimulatedDigitizerConfig } from './simulated-digitizer.config.js';

/** Voltage above which the detector collects all charge, V. */
const depletionV = 3000;
const operatingV = 4000;
const rampVPerS = 400;
/** Temperature of the cold finger, K. */
const coldK = 87;

interface HighVoltage {
  setV: number;
  fromV: number;
  sinceMs: number;
}

/** Slow control of the simulated detector: high voltage with ramps, temperature of the cryostat. */
export class SlowControl {
  private readonly voltages: Map<number, HighVoltage>;
  private readonly random: RandomSource;
  private temperatureK = coldK;

  constructor(config: SimulatedDigitizerConfig) {
    this.random = new RandomSource(config.seed, 0);
    const at = { setV: operatingV, fromV: operatingV, sinceMs: 0 };
    this.voltages = new Map(config.channels.map(({ channel }) => [channel, { ...at }]));
  }

  /** Voltage at the detector now, V. */
  voltage(channel: number, nowMs: number): number {
    const hv = this.voltages.get(channel);
    if (hv === undefined) return 0;
    const way = (rampVPerS * (nowMs - hv.sinceMs)) / 1000;
    return hv.setV > hv.fromV ? Math.min(hv.setV, hv.fromV + way) : Math.max(hv.setV, hv.fromV - way);
  }

  setVoltage(channel: number, volts: number, nowMs: number): void {
    this.voltages.set(channel, { setV: volts, fromV: this.voltage(channel, nowMs), sinceMs: nowMs });
  }

  wantedVoltage(channel: number): number {
    return this.voltages.get(channel)?.setV ?? 0;
  }

  /** Share of the charge that is collected at the present voltage, 0..1. */
  collection(channel: number, nowMs: number): number {
    return Math.min(1, this.voltage(channel, nowMs) / depletionV);
  }

  /** Next value of a slow random walk that is drawn back to 87 K. */
  readTemperature(): number {
    this.temperatureK += 0.05 * (coldK - this.temperatureK) + 0.05 * this.random.normal();
    return this.temperatureK;
  }
}

/** Signals of a digitizer configured so. */
export function slowSignals(config: SimulatedDigitizerConfig): SignalDefinition[] {
  const perChannel = config.channels.flatMap(({ channel }): SignalDefinition[] => [
    {
      name: `ch${channel}/rate`,
      title: `Rate of channel ${channel}`,
      type: 'number',
      unit: 'Hz',
      access: 'readback',
      periodMs: 1000,
    },
    {
      name: `ch${channel}/high-voltage`,
      title: `High voltage of channel ${channel}`,
      type: 'number',
      unit: 'V',
      access: 'readback',
      warning: { low: depletionV },
      alarm: { high: 5000 },
      periodMs: 1000,
    },
    {
      name: `ch${channel}/high-voltage-set`,
      title: `High voltage setting of channel ${channel}`,
      description: `ramps with ${rampVPerS} V/s; all charge is collected above ${depletionV} V`,
      type: 'number',
      unit: 'V',
      access: 'setting',
      limits: { low: 0, high: 4500 },
      periodMs: 5000,
    },
  ]);
  return [
    {
      name: 'rate',
      title: 'Rate of all channels',
      type: 'number',
      unit: 'Hz',
      access: 'readback',
      periodMs: 1000,
    },
    {
      name: 'temperature',
      title: 'Cryostat temperature',
      type: 'number',
      unit: 'K',
      access: 'readback',
      warning: { low: 77, high: 95 },
      alarm: { low: 70, high: 105 },
      periodMs: 2000,
    },
    { name: 'pulser', title: 'Pulser is on', type: 'boolean', access: 'readback', periodMs: 1000 },
    ...perChannel,
  ];
}

/** Channel number and signal of a name such as `ch3/rate`; undefined for signals of the whole device. */
export function channelSignal(
  name: string,
): { readonly channel: number; readonly signal: string } | undefined {
  const match = /^ch(\d+)\/([a-z-]+)$/.exec(name);
  return match === null ? undefined : { channel: Number(match[1]), signal: match[2] ?? '' };
}

/** Rounds a reading to what the device would show. */
export function shown(value: number, digits: number): SignalValue {
  return Number(value.toFixed(digits));
}
