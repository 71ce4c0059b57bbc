import type { PicoScopeConfig } from '../pico-scope.config.js';
import { directionCodes, widthCodes } from '../sdk/codes.js';
import { externalScale, toCounts } from '../settings/conversion.js';
import { resolveWidth } from '../settings/pulse-width.js';
import type { ResolvedSettings } from '../settings/resolve.js';
import type { TriggerDirection } from '../settings/trigger.config.js';

/** Name of the pulse width qualifier among the sources of a condition. */
export const pulseWidthSource = 'pulse-width';

/** Level of a source, counts. */
export interface TriggerLevel {
  readonly source: string;
  readonly thresholdCounts: number;
  readonly hysteresisCounts: number;
  readonly direction: TriggerDirection;
}

/** A pulse width as the interface wants it: limits in samples, codes for the rest. */
export interface WidthQualifier {
  readonly source: string;
  readonly direction: number;
  readonly lower: number;
  readonly upper: number;
  readonly type: number;
}

/** A trigger made of conditions: any line fires; within a line all sources must. */
export interface LogicTrigger {
  readonly levels: readonly TriggerLevel[];
  readonly conditions: readonly (readonly string[])[];
  readonly width?: WidthQualifier;
}

/** Threshold of a trigger source in counts. */
export function thresholdCounts(settings: ResolvedSettings, name: string, volts: number): number {
  const channel = settings.channels.find((candidate) => candidate.name === name);
  if (channel === undefined) return toCounts(volts, externalScale.volts, externalScale.counts, 0);
  return toCounts(volts, channel.range.volts, settings.fullScale, channel.offsetV);
}

/** Whether the trigger is made of conditions; streams have none. */
export function isLogicTrigger({ trigger, mode }: PicoScopeConfig): boolean {
  return (trigger.kind === 'logic' || trigger.kind === 'pulse-width') && mode !== 'streaming';
}

/**
 * The conditions of a logic or pulse width trigger. A pulse fires at the edge that ends it, when its width fits; a
 * drop-out when its time is over.
 */
export function logicTrigger(config: PicoScopeConfig, settings: ResolvedSettings): LogicTrigger {
  const { trigger } = config;
  const level = (
    source: string,
    volts: number,
    hysteresisV: number,
    direction: TriggerDirection,
  ): TriggerLevel => {
    const counts = thresholdCounts(settings, source, volts);
    const back = thresholdCounts(settings, source, volts + hysteresisV);
    return { source, thresholdCounts: counts, hysteresisCounts: Math.abs(back - counts), direction };
  };
  if (trigger.kind === 'logic') {
    const levels = trigger.levels.map((each) =>
      level(each.channel, each.thresholdV, each.hysteresisV, each.direction),
    );
    return { levels, conditions: trigger.conditions };
  }
  const { channel, pulse } = trigger;
  const { lower, upper, hysteresisV, begins, ends } = resolveWidth(config, settings);
  const dropOut = pulse.width === 'drop-out';
  return {
    levels: [level(channel, settings.thresholdV, hysteresisV, dropOut ? begins : ends)],
    conditions: [dropOut ? [pulseWidthSource] : [channel, pulseWidthSource]],
    width: {
      source: channel,
      direction: directionCodes[begins],
      lower,
      upper,
      type: widthCodes[pulse.width],
    },
  };
}

/** Bytes of TRIGGER_CHANNEL_PROPERTIES: two thresholds with hysteresis, channel, mode; packed. */
const propertyBytes = 16;

/** Levels of a logic trigger as the interface wants them. */
export function triggerProperties(
  levels: readonly TriggerLevel[],
  sourceOf: (name: string) => number,
): Uint8Array {
  const bytes = new Uint8Array(propertyBytes * levels.length);
  const view = new DataView(bytes.buffer);
  levels.forEach(({ source, thresholdCounts: counts, hysteresisCounts }, index) => {
    const at = propertyBytes * index;
    view.setInt16(at, counts, true);
    view.setUint16(at + 2, hysteresisCounts, true);
    view.setInt16(at + 4, counts, true);
    view.setUint16(at + 6, hysteresisCounts, true);
    view.setInt32(at + 8, sourceOf(source), true);
    view.setInt32(at + 12, 0, true);
  });
  return bytes;
}

/** Bytes of the oldest family's TRIGGER_CHANNEL_PROPERTIES: two thresholds, hysteresis, channel, mode; packed. */
const oldPropertyBytes = 12;

/** The same as the oldest family wants them. */
export function oldTriggerProperties(
  levels: readonly TriggerLevel[],
  sourceOf: (name: string) => number,
): Uint8Array {
  const bytes = new Uint8Array(oldPropertyBytes * levels.length);
  const view = new DataView(bytes.buffer);
  levels.forEach(({ source, thresholdCounts: counts, hysteresisCounts }, index) => {
    const at = oldPropertyBytes * index;
    view.setInt16(at, counts, true);
    view.setInt16(at + 2, counts, true);
    view.setUint16(at + 4, hysteresisCounts, true);
    view.setInt16(at + 6, sourceOf(source), true);
    view.setInt32(at + 8, 0, true);
  });
  return bytes;
}

/** Conditions as rows of states, one state per source of the interface. */
export function conditionStates(
  conditions: readonly (readonly string[])[],
  width: number,
  sourceOf: (name: string) => number,
): Int32Array {
  const states = new Int32Array(width * conditions.length);
  const conditionTrue = 1;
  conditions.forEach((line, row) => {
    for (const name of line) states[row * width + sourceOf(name)] = conditionTrue;
  });
  return states;
}
