import type { PicoScopeConfig } from '../pico-scope.config.js';
import { checkChannels } from './check-channels.js';
import { checkEts } from './check-ets.js';
import { checkGenerator } from './check-generator.js';
import { checkSampling } from './check-sampling.js';
import { checkTrigger } from './check-trigger.js';
import { type Finding, Findings } from './finding.js';
import { type ResolvedSettings, resolvePicoScope } from './resolve.js';

/**
 * Everything that is wrong or worth knowing in a configuration, found without a device. `model` is what the
 * device says it is, when known; without it the widest limits of the family hold.
 */
export function checkPicoScope(config: PicoScopeConfig, model: string = config.model): Finding[] {
  const findings = new Findings();
  const usable = checkSampling(config, findings);
  const resolved = resolvePicoScope(usable, model);
  checkModel(config, resolved, findings);
  checkChannels(usable, resolved, findings);
  checkTrigger(usable, resolved, findings);
  checkEts(usable, resolved, findings);
  if (config.generator.on) checkGenerator(config, findings);
  checkMode(usable, resolved, findings);
  return findings.list;
}

function checkModel(config: PicoScopeConfig, resolved: ResolvedSettings, findings: Findings): void {
  const { family, model, timeBase, preTrigger } = resolved;
  if (config.model !== '' && !model.known) {
    findings.warning(
      'model',
      `${config.model} is not among the known models of the family ${config.family}`,
      `its values are taken to be those of the family's newest; leave the model empty to use what is found`,
    );
  }
  const fastestS = resolved.ets?.stepS ?? 1 / model.timeBase.fastestHz;
  if (timeBase.requestedIntervalS < fastestS) {
    const most = Math.floor(config.recordS / fastestS);
    findings.warning(
      'samples',
      `${config.samples} samples in ${config.recordS} s are faster than the ${model.model} (${Number((1e9 * fastestS).toPrecision(6))} ns)`,
      `${timeBase.samples} samples are taken`,
      Math.max(1, most),
    );
  }
  if (!family.preTrigger && config.preTrigger > 0 && preTrigger === 0) {
    findings.warning(
      'preTrigger',
      `the family ${config.family} keeps no samples before the trigger`,
      '0 is used',
      0,
    );
  }
}

function checkMode(config: PicoScopeConfig, resolved: ResolvedSettings, findings: Findings): void {
  const { family, model, timeBase } = resolved;
  const perChannel = Math.floor(model.memorySamples / memoryShare(config.channels.length));
  const captures = config.mode === 'rapid-block' && family.rapidBlock ? config.captures : 1;
  if (config.mode === 'rapid-block') {
    if (!family.rapidBlock) {
      findings.error(
        'mode',
        `the family ${config.family} has no rapid block`,
        'take block or streaming',
        'block',
      );
    }
    if (!(config.captures >= 1 && config.captures <= 100_000) || !Number.isInteger(config.captures)) {
      const nearest = Math.min(100_000, Math.max(1, Math.round(config.captures) || 1));
      findings.error(
        'captures',
        `${config.captures} records per block cannot be taken`,
        'give 1 to 100000',
        nearest,
      );
    }
    if (!(config.latencyMs >= 1 && config.latencyMs <= 3_600_000)) {
      findings.error('latencyMs', `${config.latencyMs} ms is no usable limit`, 'give 1 to 3600000 ms', 500);
    }
  }
  if (config.mode === 'streaming') {
    if (timeBase.samples > 1_000_000) {
      findings.error(
        'samples',
        `${timeBase.samples} samples are too many for one piece of a stream`,
        'give at most 1000000',
        1_000_000,
      );
    }
    if (config.trigger.kind === 'logic' || config.trigger.kind === 'pulse-width') {
      findings.warning(
        'trigger.kind',
        'streaming takes everything, with or without a trigger',
        'the trigger is not used',
        'off',
      );
    }
    return;
  }
  // Captures of equivalent-time sampling are read one by one: the memory holds one of them.
  const needed = Math.ceil((timeBase.samples * captures) / (resolved.ets?.interleave ?? 1));
  if (needed > perChannel) {
    const fits = Math.max(1, Math.floor(perChannel / timeBase.samples));
    const place = captures > 1 && fits >= 1 && timeBase.samples <= perChannel ? 'captures' : 'samples';
    findings.error(
      place,
      `${needed} samples per channel do not fit into the memory of the ${model.model}, which holds ${perChannel}`,
      place === 'captures' ? 'take fewer records per block' : 'take fewer samples or a shorter record',
      place === 'captures' ? fits : perChannel,
    );
  }
}

/** Memory is divided by 1, 2, 4 or 8. */
function memoryShare(channels: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, channels)));
}
