import type { ForeignArgument } from '../../../transports/ffi/foreign-library.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { codes, directionCodes } from '../sdk/codes.js';
import type { ResolvedSettings } from '../settings/resolve.js';
import { ModernUnit } from './modern-unit.js';

/** A unit of the family 4000a: no oversampling, trigger conditions as lists. */
export class Unit4000a extends ModernUnit {
  protected override askTimeBase(
    timeBase: number,
    samples: number,
    interval: Float32Array,
    most: Int32Array,
  ): number {
    return this.library.call('GetTimebase2', this.handle, timeBase, samples, interval, most, 0);
  }

  protected override runArguments(
    preSamples: number,
    postSamples: number,
    timeBase: number,
  ): ForeignArgument[] {
    return [preSamples, postSamples, timeBase, null, 0, null, null];
  }

  protected override setConditions(config: PicoScopeConfig, settings: ResolvedSettings): void {
    config.trigger.conditions.forEach((line, index) => {
      const states = Int32Array.from(
        line.flatMap((name) => [this.sourceOf(settings, name), codes.stateTrue]),
      );
      const info = index === 0 ? codes.conditionClear | codes.conditionAdd : codes.conditionAdd;
      this.must('SetTriggerChannelConditions', states, line.length, info);
    });
    const { levels } = config.trigger;
    const pairs = levels.flatMap(({ channel, direction }) => [
      this.sourceOf(settings, channel),
      directionCodes[direction],
    ]);
    this.must('SetTriggerChannelDirections', Int32Array.from(pairs), levels.length);
  }
}
