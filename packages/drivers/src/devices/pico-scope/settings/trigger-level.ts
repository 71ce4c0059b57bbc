import { DriverError } from '../../../core/errors.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { checkPicoScope } from './check.js';
import { findingText } from './finding.js';

/**
 * A configuration with another level of its trigger (V at the input). Throws a DriverError with every finding when the model
 * cannot be used so, or when the trigger has not one level.
 */
export function withTriggerLevel(
  config: PicoScopeConfig,
  thresholdV: number,
  model: string,
): PicoScopeConfig {
  const { kind } = config.trigger;
  if (config.mode === 'streaming' || kind === 'off' || kind === 'logic') {
    const why =
      kind === 'logic' && config.mode !== 'streaming'
        ? 'a logic trigger has a level for each channel: change them in the configuration'
        : 'data is taken without a trigger: there is no level to move';
    throw new DriverError('bad-parameters', 'trigger.thresholdV', why);
  }
  const changed = { ...config, trigger: { ...config.trigger, thresholdV } };
  const faults = checkPicoScope(changed, model).filter(({ severity }) => severity === 'error');
  if (faults.length === 0) return changed;
  const lines = faults.map((fault) => `${fault.place}: ${findingText(fault)}`);
  throw new DriverError('bad-parameters', faults[0]!.place, lines.join('; '));
}
