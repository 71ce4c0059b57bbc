import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { Findings } from './finding.js';
import { hasTwoLimits, measuresPulses, resolveWidth, widestSamples } from './pulse-width.js';
import type { ResolvedSettings } from './resolve.js';

/** Checks direction and limits of a pulse width trigger; its level is checked like that of the simple one. */
export function checkPulseWidth(
  config: PicoScopeConfig,
  resolved: ResolvedSettings,
  findings: Findings,
): void {
  const { trigger } = config;
  const { pulse, direction } = trigger;
  if (!measuresPulses(config.family, resolved.model.model)) {
    findings.error(
      'trigger.kind',
      `the ${resolved.model.model} does not measure pulses`,
      'take the simple trigger',
      'simple',
    );
  }
  const edges = ['rising', 'falling', ...(pulse.width === 'drop-out' ? ['rising-or-falling'] : [])];
  if (!edges.includes(direction)) {
    findings.error(
      'trigger.direction',
      `a pulse cannot begin ${direction}`,
      `take ${edges.join(' or ')}: the edge at which it begins`,
      direction === 'below' ? 'falling' : 'rising',
    );
  }
  const { lower, upper } = resolveWidth(config, resolved);
  const { intervalS } = resolved.timeBase;
  checkLimit('fromS', pulse.fromS, lower, intervalS, findings);
  if (!hasTwoLimits(pulse.width)) return;
  checkLimit('toS', pulse.toS, upper, intervalS, findings);
  if (pulse.toS > pulse.fromS) return;
  findings.error(
    'trigger.pulse.toS',
    `${pulse.toS} s is no limit above ${pulse.fromS} s`,
    'give a longer time than the lower limit',
    2 * Math.max(intervalS, pulse.fromS),
  );
}

function checkLimit(
  key: 'fromS' | 'toS',
  seconds: number,
  samples: number,
  intervalS: number,
  findings: Findings,
): void {
  if (samples >= 1 && samples <= widestSamples) return;
  const nearest = samples > widestSamples ? widestSamples * intervalS : intervalS;
  findings.error(
    `trigger.pulse.${key}`,
    `${seconds} s cannot be counted in samples of ${intervalS} s`,
    `give ${intervalS} to ${widestSamples * intervalS} s`,
    nearest,
  );
}
