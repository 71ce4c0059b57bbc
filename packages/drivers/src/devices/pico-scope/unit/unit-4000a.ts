import type { ForeignArgument } from '../../../transports/ffi/foreign-library.js';
import { codes, directionCodes } from '../sdk/codes.js';
import type { ResolvedSettings } from '../settings/resolve.js';
import type { LogicTrigger, WidthQualifier } from './logic-trigger.js';
import { ModernUnit } from './modern-unit.js';

/** A unit of the family 4000a: no oversampling, trigger conditions as lists. */
export class Unit4000a extends ModernUnit {
  protected override readonly widthSource = 0x10_00_00_00;

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

  protected override setConditions({ levels, conditions }: LogicTrigger, settings: ResolvedSettings): void {
    conditions.forEach((line, index) => {
      const states = line.flatMap((name) => [this.sourceOf(settings, name), codes.stateTrue]);
      const info = index === 0 ? codes.conditionClear | codes.conditionAdd : codes.conditionAdd;
      this.must('SetTriggerChannelConditions', Int32Array.from(states), line.length, info);
    });
    const pairs = levels.flatMap(({ source, direction }) => [
      this.sourceOf(settings, source),
      directionCodes[direction],
    ]);
    this.must('SetTriggerChannelDirections', Int32Array.from(pairs), levels.length);
  }

  protected override setWidth(width: WidthQualifier, settings: ResolvedSettings): void {
    const state = Int32Array.of(this.sourceOf(settings, width.source), codes.stateTrue);
    this.must('SetPulseWidthQualifierConditions', state, 1, codes.conditionClear | codes.conditionAdd);
    this.must('SetPulseWidthQualifierProperties', width.direction, width.lower, width.upper, width.type);
  }
}
