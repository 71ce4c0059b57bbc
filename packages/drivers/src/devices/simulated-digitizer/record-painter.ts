import type { Pulse } from './channel-source.js';
import type { TriggeredRecord } from './channel-trigger.js';
import type { PulseBank } from './pulse-bank.js';
import type { SimulatedDigitizerConfig } from './simulated-digitizer.config.js';

/** What the device itself finds in a record. */
export interface PaintedRecord {
  readonly saturated: boolean;
  readonly baseline: number;
  readonly highest: number;
}

const adcMax = 65_535;
const baselineSamples = 64;

/** Draws records as samples of the ADC. */
export class RecordPainter {
  private readonly config: SimulatedDigitizerConfig;
  private readonly bank: PulseBank;
  private readonly analog: Float32Array;

  constructor(config: SimulatedDigitizerConfig, bank: PulseBank) {
    this.config = config;
    this.bank = bank;
    this.analog = new Float32Array(config.recordSamples);
  }

  /**
   * Writes the samples of a record into `values` from `at`. `adcPerKev` is the gain, `offsetAdc` the baseline,
   * `noisePlace` where the noise is taken from.
   */
  paint(
    record: TriggeredRecord,
    setting: { adcPerKev: number; offsetAdc: number; noisePlace: number },
    values: Uint16Array,
    at: number,
  ): PaintedRecord {
    const { recordSamples: length, noiseAdc } = this.config;
    const { analog } = this;
    const { noise, decay } = this.bank;
    const { adcPerKev, offsetAdc, noisePlace } = setting;
    const tail = record.tailKev * adcPerKev;
    for (let i = 0; i < length; i++) analog[i] = offsetAdc + 0.5 + noiseAdc * noise[noisePlace + i]!;
    if (tail > 0.1) for (let i = 0; i < length; i++) analog[i]! += tail * decay[i]!;
    for (const pulse of record.pulses) this.addPulse(pulse, record.pulse.timeNs, adcPerKev);
    let saturated = false;
    let highest = 0;
    for (let i = 0; i < length; i++) {
      let value = analog[i]!;
      if (value < 0) value = 0;
      else if (value > adcMax) value = adcMax;
      if (value === adcMax) saturated = true;
      if (value > highest) highest = value;
      values[at + i] = value;
    }
    let sum = 0;
    for (let i = 0; i < baselineSamples; i++) sum += values[at + i]!;
    return { saturated, baseline: Math.round(sum / baselineSamples), highest: Math.floor(highest) };
  }

  private addPulse(pulse: Pulse, triggerNs: number, adcPerKev: number): void {
    const { preTriggerSamples, samplePeriodNs, recordSamples } = this.config;
    const begin = preTriggerSamples + (pulse.timeNs - triggerNs) / samplePeriodNs;
    const first = Math.floor(begin) + 1;
    const shape = this.bank.shape(pulse.rise, first - begin);
    const height = pulse.seenKev * adcPerKev;
    const { analog } = this;
    const from = Math.max(0, first);
    for (let i = from; i < recordSamples; i++) analog[i]! += height * shape[i - first]!;
  }
}
