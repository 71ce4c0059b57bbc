import { ChannelSource } from './channel-source.js';
import { ChannelTrigger } from './channel-trigger.js';
import type { PulseBank } from './pulse-bank.js';
import type { SimulatedChannelConfig, SimulatedDigitizerConfig } from './simulated-digitizer.config.js';
import { tableName } from './simulated-digitizer.tables.js';
import type { ThoriumSpectrum } from './thorium-spectrum.js';

/** Everything that one channel of the simulated digitizer remembers in a run. */
export interface SimulatedChannel {
  readonly config: SimulatedChannelConfig;
  readonly table: string;
  readonly source: ChannelSource;
  readonly trigger: ChannelTrigger;
  offsetAdc: number;
  recorded: number;
  /** Armed time of the last record, ns. */
  lastArmedNs: number;
}

/** The enabled channels at the begin of a run; the same configuration always begins the same. */
export function beginChannels(
  config: SimulatedDigitizerConfig,
  spectrum: ThoriumSpectrum,
  bank: PulseBank,
): SimulatedChannel[] {
  const { samplePeriodNs, preTriggerSamples, recordSamples } = config;
  const window = {
    preNs: preTriggerSamples * samplePeriodNs,
    postNs: (recordSamples - preTriggerSamples) * samplePeriodNs,
    deadNs: config.deadTimeUs * 1000,
  };
  return config.channels.flatMap((channel, index) => {
    if (!channel.enabled) return [];
    const source = new ChannelSource(channel, index, config, spectrum, bank);
    return {
      config: channel,
      table: tableName(channel.channel),
      source,
      trigger: new ChannelTrigger(source, window, config.thresholdKev, config.decayUs * 1000),
      offsetAdc: config.baselineAdc,
      recorded: 0,
      lastArmedNs: 0,
    };
  });
}
