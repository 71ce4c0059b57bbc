'use client';

import type { ReactNode } from 'react';
import type { DetectorLive } from '../../lib/live/status-provider';
import { livePanels } from '../../panels/registry';
import { BatonPanel } from '../baton/baton-panel';
import { RunPanel } from '../run-control/run-panel';
import classes from './board.module.css';
import { CountersPanel } from './counters-panel';
import { LogPanel } from './log-panel';
import { SignalsPanel } from './signals-panel';
import { SourcesPanel } from './sources-panel';

/** Everything of one detector: steering first, then what it says of itself, then its data. */
export function Board({ live }: { readonly live: DetectorLive }): ReactNode {
  const detector = live.detector.name;
  return (
    <div className={classes['board']}>
      <div className={`${classes['column'] ?? ''} ${classes['wide'] ?? ''}`}>
        <RunPanel live={live} />
        <SourcesPanel live={live} />
      </div>
      <div className={classes['column']}>
        <BatonPanel live={live} />
        <CountersPanel live={live} />
      </div>
      {livePanels.map((panel) => (
        <div key={panel.kind} className={classes[panel.kind] ?? classes['half']}>
          <panel.Container detector={detector} />
        </div>
      ))}
      <SignalsPanel live={live} className={classes['half']} />
      <LogPanel live={live} className={classes['half']} />
    </div>
  );
}
