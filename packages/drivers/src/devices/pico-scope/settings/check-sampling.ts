import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { Findings } from './finding.js';

/** Longest record that makes sense: an hour, s. */
const longestS = 3600;

/** Checks length, samples and share before the trigger; answers with a configuration that can be resolved in any case. */
export function checkSampling(config: PicoScopeConfig, findings: Findings): PicoScopeConfig {
  let { recordS, samples, preTrigger } = config;
  if (!(recordS > 0) || recordS > longestS) {
    const nearest = recordS > longestS ? longestS : 10e-6;
    findings.error(
      'recordS',
      `a record of ${recordS} s cannot be taken`,
      `give more than 0 and at most ${longestS} s`,
      nearest,
    );
    recordS = nearest;
  }
  if (!(samples >= 1) || !Number.isInteger(samples)) {
    const nearest = samples >= 1 ? Math.round(samples) : 1;
    findings.error('samples', `${samples} is no number of samples`, 'give a whole number from 1 on', nearest);
    samples = nearest;
  }
  if (!(preTrigger >= 0 && preTrigger <= 1)) {
    const nearest = preTrigger > 1 ? 1 : 0;
    findings.error('preTrigger', `${preTrigger} is no share of a record`, 'give 0 to 1', nearest);
    preTrigger = nearest;
  }
  return { ...config, recordS, samples, preTrigger };
}
