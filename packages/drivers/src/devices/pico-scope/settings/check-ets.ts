import type { PicoScopeConfig } from '../pico-scope.config.js';
import { etsLimits } from './ets-limits.js';
import type { Findings } from './finding.js';
import type { ResolvedSettings } from './resolve.js';

/** Checks equivalent-time sampling where it is on: model, mode, trigger and numbers. */
export function checkEts(config: PicoScopeConfig, resolved: ResolvedSettings, findings: Findings): void {
  const { ets, mode, trigger, family } = config;
  if (ets.mode === 'off') return;
  const limits = etsLimits(family, resolved.model.known ? resolved.model.model : config.model);
  if (limits === undefined) {
    const who = resolved.model.known ? `the ${resolved.model.model}` : `the family ${family}`;
    const unnamed = family === '4000' && !resolved.model.known && config.model === '';
    findings.error(
      'ets.mode',
      unnamed
        ? 'of the family 4000 the 4226 and the 4227 alone have equivalent-time sampling'
        : `${who} has no equivalent-time sampling`,
      unnamed ? 'name the model, or switch it off' : 'switch it off',
      'off',
    );
    return;
  }
  if (mode !== 'block') {
    findings.error(
      'ets.mode',
      `a ${mode === 'streaming' ? 'stream' : 'rapid block'} cannot be put together out of many captures`,
      'take the mode block, or switch equivalent-time sampling off',
      'off',
    );
  }
  if (trigger.kind !== 'simple') {
    findings.error(
      'trigger.kind',
      'equivalent-time sampling lays captures over each other at one edge',
      'take the simple trigger',
      'simple',
    );
  } else if (trigger.direction !== 'rising' && trigger.direction !== 'falling') {
    findings.error(
      'trigger.direction',
      `equivalent-time sampling needs an edge, ${trigger.direction} is none`,
      'take rising or falling',
      trigger.direction === 'below' ? 'falling' : 'rising',
    );
  }
  checkNumber('interleave', ets.interleave, 1, limits.interleave, findings);
  const fewest = Math.min(limits.interleave, Math.max(1, Math.round(ets.interleave) || 1));
  checkNumber('cycles', ets.cycles, fewest, limits.cycles, findings);
}

function checkNumber(
  key: 'interleave' | 'cycles',
  value: number,
  least: number,
  most: number,
  findings: Findings,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const nearest = Math.min(most, Math.max(least, Math.round(value) || least));
  findings.error(
    `ets.${key}`,
    `${value} cannot be set`,
    `give a whole number from ${least} to ${most}`,
    nearest,
  );
}
