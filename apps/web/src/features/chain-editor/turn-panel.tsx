'use client';

import type { ReactNode } from 'react';
import classes from './chain-editor.module.css';
import { Turn, type Turnable } from './turn';

/** The numbers of a processor, to be turned while the preview follows. */
export function TurnPanel({
  processor,
  turnables,
}: {
  readonly processor: string | null;
  readonly turnables: readonly Turnable[];
}): ReactNode {
  if (processor === null) {
    return (
      <p className="dim">Put the cursor into a processor, or choose one in the graph, to turn its numbers.</p>
    );
  }
  if (turnables.length === 0) {
    return (
      <p className="dim">
        <span className="mono">{processor}</span> has no number to turn.
      </p>
    );
  }
  return (
    <div className={classes['turns']} role="group" aria-label={`Numbers of ${processor}`}>
      {turnables.map((turnable) => (
        <Turn key={turnable.id} turnable={turnable} />
      ))}
    </div>
  );
}
