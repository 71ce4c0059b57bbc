import type { PulseBank } from './pulse-bank.js';
import { RandomSource } from './random-source.js';
import type { SimulatedChannelConfig, SimulatedDigitizerConfig } from './simulated-digitizer.config.js';
import type { ThoriumSpectrum } from './thorium-spectrum.js';

/** One pulse; times in ns of armed time (time during which the device was armed). */
export interface Pulse {
  readonly timeNs: number;
  /** Deposited energy, and what the detector makes of it, keV. */
  readonly trueKev: number;
  readonly seenKev: number;
  readonly rise: number;
  readonly pulser: boolean;
}

/** FWHM of a normal distribution by its standard deviation. */
const fwhmPerSigma = 2 * Math.sqrt(2 * Math.LN2);
/** Energy at which the resolution is given, keV. */
const referenceKev = 2614.511;

/** Periodic test pulses, when on. */
export interface PulserSetting {
  readonly periodNs: number;
  readonly keV: number;
}

/** The pulses of one channel in order of time: a Poisson process of source energies, and the pulser's. */
export class ChannelSource {
  private readonly random: RandomSource;
  private readonly spectrum: ThoriumSpectrum;
  private readonly bank: PulseBank;
  private readonly meanNs: number;
  private readonly sigmaAtReference: number;
  /** What arrives of the charge, by the rise. */
  private readonly collected: readonly number[];
  private nextSource: Pulse | undefined;
  private nextPulser: Pulse | undefined;
  private pulser: PulserSetting | undefined;

  constructor(
    channel: SimulatedChannelConfig,
    index: number,
    config: SimulatedDigitizerConfig,
    spectrum: ThoriumSpectrum,
    bank: PulseBank,
  ) {
    this.random = new RandomSource(config.seed, index + 1);
    this.spectrum = spectrum;
    this.bank = bank;
    this.meanNs = channel.rateHz > 0 ? 1e9 / channel.rateHz : Infinity;
    this.sigmaAtReference = config.fwhmKev / fwhmPerSigma;
    this.collected = bank.riseNs.map((rise) => 1 / (1 + config.trappingPerUs * 1e-3 * rise));
    this.nextSource = this.draw(0);
  }

  /** Time of the next pulse, ns; Infinity when none comes. */
  get nextNs(): number {
    return Math.min(this.nextSource?.timeNs ?? Infinity, this.nextPulser?.timeNs ?? Infinity);
  }

  /** Takes the next pulse. Throws a RangeError when none comes. */
  take(): Pulse {
    const { nextSource, nextPulser } = this;
    if (nextPulser !== undefined && nextPulser.timeNs <= (nextSource?.timeNs ?? Infinity)) {
      this.nextPulser = this.pulse(nextPulser.timeNs + (this.pulser?.periodNs ?? Infinity));
      return nextPulser;
    }
    if (nextSource === undefined) throw new RangeError('a channel without rate has no next pulse');
    this.nextSource = this.draw(nextSource.timeNs);
    return nextSource;
  }

  /** A place in the bank's noise, from this channel's random numbers. */
  noisePlace(): number {
    return this.bank.noisePlace(this.random);
  }

  /** Switches the pulser on from a time, or off. */
  setPulser(setting: PulserSetting | undefined, fromNs: number): void {
    this.pulser = setting;
    this.nextPulser = setting === undefined ? undefined : this.pulse(fromNs + setting.periodNs);
  }

  private draw(afterNs: number): Pulse | undefined {
    if (this.meanNs === Infinity) return undefined;
    const timeNs = afterNs + this.random.exponential(this.meanNs);
    const trueKev = this.spectrum.sample(this.random);
    const sigma = this.sigmaAtReference * Math.sqrt(trueKev / referenceKev);
    const spread = trueKev + sigma * this.random.normal();
    const rise = this.bank.randomRise(this.random);
    return { timeNs, trueKev, seenKev: Math.max(0, spread * this.collected[rise]!), rise, pulser: false };
  }

  private pulse(timeNs: number): Pulse | undefined {
    const keV = this.pulser?.keV ?? 0;
    return timeNs === Infinity ? undefined : { timeNs, trueKev: keV, seenKev: keV, rise: 0, pulser: true };
  }
}
