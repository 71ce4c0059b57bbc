import { endpoints } from '@countroom/contracts';
import { useState } from 'react';
import { driverState } from '../../features/control-room/driver-state';
import { type SourceCommands, useSourceCommand } from '../../features/run-control/use-source-command';
import { useApi } from '../../lib/api/use-api';
import { useStatuses } from '../../lib/live/status-provider';
import { useSourceReason } from '../use-source-reason';
import type { Trace } from './scope-option';
import {
  levelReason,
  type MovableTrigger,
  movableTrigger,
  roundedLevel,
  type WishedLevel,
} from './trigger-level';

const commandName = 'trigger-level';

/** Moving the level of the trigger on the screen. */
export interface TriggerLevel {
  readonly trigger: MovableTrigger | null;
  readonly move: (volts: number) => void;
  readonly apply: () => void;
  readonly discard: () => void;
  /** Why it cannot be applied now; null when it can. */
  readonly reason: string | null;
  readonly commands: SourceCommands;
}

export function useTriggerLevel(detector: string, traces: readonly Trace[]): TriggerLevel {
  const [wish, setWish] = useState<WishedLevel | null>(null);
  const drivers = useApi(endpoints.detectors.drivers, {});
  const live = useStatuses().list.find((each) => each.detector.name === detector);
  const commands = useSourceCommand(detector);
  const common = useSourceReason(detector, commands.busy);
  const sources = live?.status?.sources ?? [];
  const commandOf = (name: string) => {
    const kind = sources.find((source) => source.name === name)?.driver;
    return drivers.data
      ?.find((driver) => driver.kind === kind)
      ?.commands.find((command) => command.name === commandName);
  };
  const trigger = movableTrigger(traces, (source) => commandOf(source) !== undefined, wish);
  const name = trigger?.trace.curve.source ?? '';
  const states = commandOf(name)?.states ?? [];
  const source = sources.find((each) => each.name === name);
  const fits = source !== undefined && states.includes(driverState(source));
  const whileReason = fits ? null : `Only while ${states.join(' or ')}.`;
  return {
    trigger,
    move: (volts) => {
      if (trigger === null) return;
      commands.forget();
      setWish({ key: trigger.trace.curve.key, volts: roundedLevel(volts, trigger.trace) });
    },
    apply: () => {
      if (trigger !== null && trigger.wished !== null)
        commands.send(name, commandName, { thresholdV: trigger.wished });
    },
    discard: () => {
      setWish(null);
      commands.forget();
    },
    reason: (trigger === null ? null : levelReason(trigger)) ?? common ?? whileReason,
    commands,
  };
}
