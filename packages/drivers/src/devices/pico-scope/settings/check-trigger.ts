import type { PicoScopeConfig } from '../pico-scope.config.js';
import { checkPulseWidth } from './check-pulse-width.js';
import { externalScale } from './conversion.js';
import type { Findings } from './finding.js';
import type { ResolvedSettings } from './resolve.js';

/** Longest time that the interface can say: its type is a 16-bit integer, ms. */
const longestMs = 32_767;

/** Checks source, threshold, direction and times of the trigger. */
export function checkTrigger(config: PicoScopeConfig, resolved: ResolvedSettings, findings: Findings): void {
  const { trigger } = config;
  checkTimes(config, findings);
  if (trigger.kind === 'off') return;
  if (trigger.kind === 'simple') {
    checkLevel(config, resolved, findings, 'trigger', trigger.channel, resolved.thresholdV);
    checkDirection(config, findings);
    return;
  }
  if (trigger.kind === 'pulse-width') {
    checkLevel(config, resolved, findings, 'trigger', trigger.channel, resolved.thresholdV);
    checkPulseWidth(config, resolved, findings);
    return;
  }
  if (!resolved.family.logicTrigger) {
    findings.error(
      'trigger.kind',
      `the family ${config.family} triggers on one channel alone`,
      'take the simple trigger',
      'simple',
    );
  }
  if (trigger.conditions.length === 0) {
    findings.error(
      'trigger.conditions',
      'a logic trigger without conditions never fires',
      'name the channels of at least one line',
    );
  }
  const levels = trigger.levels.map(({ channel }) => channel);
  trigger.levels.forEach((level, index) => {
    const at = `trigger.levels.${index}`;
    checkLevel(config, resolved, findings, at, level.channel, level.thresholdV);
    if (levels.indexOf(level.channel) !== index)
      findings.error(
        `${at}.channel`,
        `channel ${level.channel} has two levels`,
        'give each channel one level',
      );
  });
  trigger.conditions.forEach((line, index) => {
    for (const [place, name] of line.entries()) {
      if (levels.includes(name)) continue;
      findings.error(
        `trigger.conditions.${index}.${place}`,
        `the condition asks for ${name}, which has no level`,
        'add its level, or take it out of the line',
      );
    }
  });
}

function checkTimes({ trigger }: PicoScopeConfig, findings: Findings): void {
  const { timeoutMs, delaySamples } = trigger;
  if (!(timeoutMs >= 0 && timeoutMs <= longestMs) || !Number.isInteger(timeoutMs)) {
    const nearest = timeoutMs > longestMs ? longestMs : Math.max(0, Math.round(timeoutMs) || 0);
    findings.error(
      'trigger.timeoutMs',
      `the device cannot wait ${timeoutMs} ms`,
      `give 0 (for ever) to ${longestMs} ms`,
      nearest,
    );
  }
  if (!(delaySamples >= 0 && delaySamples < 2 ** 32) || !Number.isInteger(delaySamples)) {
    findings.error(
      'trigger.delaySamples',
      `${delaySamples} is no delay`,
      'give a whole number of samples from 0 on',
      0,
    );
  }
}

function checkDirection({ family, trigger }: PicoScopeConfig, findings: Findings): void {
  const { direction } = trigger;
  if (family !== '2000' || direction === 'rising' || direction === 'falling') return;
  const nearest = direction === 'below' ? 'falling' : 'rising';
  findings.error(
    'trigger.direction',
    `the family 2000 does not trigger ${direction}`,
    'take rising or falling',
    nearest,
  );
}

function checkLevel(
  config: PicoScopeConfig,
  resolved: ResolvedSettings,
  findings: Findings,
  at: string,
  name: string,
  thresholdV: number,
): void {
  const inputs: readonly string[] = resolved.family.triggerInputs;
  const channel = resolved.channels.find((candidate) => candidate.name === name);
  const isInput = inputs.includes(name);
  if (channel === undefined && !isInput) {
    const known = [...config.channels.map((candidate) => candidate.name), ...inputs];
    findings.error(
      `${at}.channel`,
      `nothing can trigger on ${name}: it is neither a channel that is read nor a trigger input`,
      `take one of ${known.join(', ')}`,
      known[0],
    );
    return;
  }
  const [low, high] =
    channel === undefined
      ? [-externalScale.volts, externalScale.volts]
      : [-channel.range.volts - channel.offsetV, channel.range.volts - channel.offsetV];
  if (thresholdV >= low && thresholdV <= high) return;
  findings.error(
    `${at}.thresholdV`,
    `a threshold of ${thresholdV} V is outside of what ${name} sees`,
    `give ${short(low)} to ${short(high)} V, or take a larger range`,
    short(thresholdV > high ? high : low),
  );
}

function short(volts: number): number {
  return Number(volts.toPrecision(9));
}
