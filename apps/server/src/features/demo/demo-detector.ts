import { type DetectorConfiguration, detectorConfiguration, jsonObject } from '@countroom/contracts';
import { simulatedDigitizer, simulatedDigitizerConfig } from '@countroom/drivers';

/** Two sources of a simulated germanium detector, four channels in all: something to press Start on. */
export function demoDetector(): DetectorConfiguration {
  return detectorConfiguration.parse({
    sources: [source('det1', [0, 1], 1), source('det2', [2, 3], 2)],
  });
}

function source(name: string, channels: readonly number[], seed: number): object {
  const config = simulatedDigitizerConfig.parse({
    seed,
    channels: channels.map((channel) => ({ channel })),
  });
  return { name, driver: simulatedDigitizer.kind, config: jsonObject.parse(config) };
}
