import { type DetectorConfiguration, detectorConfiguration, jsonObject } from '@countroom/contracts';
import { picoScope, picoScopeConfig, simulatedDigitizer, simulatedDigitizerConfig } from '@countroom/drivers';

/** Two sources of a simulated germanium detector, four channels in all: something to press Start on. */
export function demoDetector(): DetectorConfiguration {
  return detectorConfiguration.parse({
    sources: [source('det1', [0, 1], 1), source('det2', [2, 3], 2)],
  });
}

/** A simulated oscilloscope before three muon counters: the other thing to press Start on. */
export function demoScope(): DetectorConfiguration {
  const config = picoScopeConfig.parse({
    channels: ['A', 'B', 'C'].map((name) => ({ name, rangeV: 0.5, offsetV: 0.4, coupling: 'DC' })),
    recordS: 16e-6,
    samples: 4000,
    trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling', timeoutMs: 5000 },
  });
  return detectorConfiguration.parse({
    sources: [{ name: 'scope', driver: picoScope.kind, simulated: true, config: jsonObject.parse(config) }],
  });
}

function source(name: string, channels: readonly number[], seed: number): object {
  const config = simulatedDigitizerConfig.parse({
    seed,
    channels: channels.map((channel) => ({ channel })),
  });
  return { name, driver: simulatedDigitizer.kind, config: jsonObject.parse(config) };
}
