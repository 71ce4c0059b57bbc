import type { ReactNode } from 'react';
import type { Age } from '../lib/live/staleness';
import classes from './panels.module.css';

/** What stands beside the title of a live panel: what is shown, how old it is, and whether the page keeps up. */
export function PanelStatus({
  note,
  age,
  lag,
  held = false,
}: {
  readonly note: string;
  readonly age: Age;
  /** Words of the warning; empty when the page keeps up. */
  readonly lag: string;
  readonly held?: boolean;
}): ReactNode {
  const text = held ? 'held' : [note, age.text].filter((part) => part !== '').join(', ');
  return (
    <>
      {lag === '' || held ? null : (
        <span className={classes['lag']} role="status">
          ! {lag}
        </span>
      )}
      <span className={age.stale && !held ? 'stale' : 'dim'}>{text}</span>
    </>
  );
}
