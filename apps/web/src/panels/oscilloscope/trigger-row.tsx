import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CommandProgress } from '../../features/run-control/command-progress';
import { si } from '../../lib/format/numbers';
import { ActionButton } from '../../lib/ui/action-button';
import classes from './oscilloscope.module.css';
import type { TriggerLevel } from './use-trigger-level';

/** A level that was moved on the screen, until it is applied or discarded, and what became of it. */
export function TriggerRow({ level }: { readonly level: TriggerLevel }): ReactNode {
  const { trigger, commands } = level;
  if (trigger === null) return null;
  const { trace, wished } = trigger;
  const text = (volts: number): string => si(volts, trace.curve.unit, 4);
  return (
    <>
      {wished === null ? null : (
        <div className={classes['channel']} role="group" aria-label="Level of the trigger">
          <span>
            Trigger {trace.label}: {text(trigger.level)} → {text(wished)}
          </span>
          <ActionButton size="compact-xs" reason={level.reason} onClick={level.apply}>
            Apply
          </ActionButton>
          <Button size="compact-xs" variant="default" onClick={level.discard}>
            Discard
          </Button>
          <span className="dim">for the rest of the run; the next one begins with its configuration</span>
        </div>
      )}
      <CommandProgress commands={commands} />
    </>
  );
}
