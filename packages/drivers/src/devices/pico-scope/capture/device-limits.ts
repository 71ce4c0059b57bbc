import type { PicoScopeConfig } from '../pico-scope.config.js';
import { type Finding, Findings } from '../settings/finding.js';
import type { ResolvedSettings } from '../settings/resolve.js';
import type { ScopeUnit } from '../unit/scope-unit.js';

/** A unit answers with single precision: a limit may be this much smaller than it is, V. */
const roundingV = 1e-6;

/** What a unit itself says that a configuration asks too much of; it is asked, not set. */
export function deviceFindings(
  unit: Pick<ScopeUnit, 'facts' | 'offsetLimits' | 'mostSegments'>,
  config: PicoScopeConfig,
  settings: ResolvedSettings,
): readonly Finding[] {
  const findings = new Findings();
  for (const { place, name, range, dc, offsetV } of settings.channels) {
    if (offsetV === 0) continue;
    const limits = unit.offsetLimits(range.code, dc);
    if (limits === undefined) continue;
    const [low, high] = limits;
    if (offsetV >= low - roundingV && offsetV <= high + roundingV) continue;
    findings.error(
      `channels.${place}.offsetV`,
      `the ${unit.facts.model} cannot add ${offsetV} V to channel ${name} at ± ${range.volts} V`,
      `give ${low} to ${high} V, or take a larger range`,
      offsetV < low ? low : high,
    );
  }
  const segments = config.mode === 'rapid-block' ? unit.mostSegments() : undefined;
  if (segments !== undefined && config.captures > segments) {
    findings.error(
      'captures',
      `the ${unit.facts.model} cuts its memory into ${segments} segments, ${config.captures} are wanted`,
      'take fewer records per block',
      segments,
    );
  }
  return findings.list;
}
