import type { ImportResult } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { RunLink } from '../../lib/run/run-link';
import { StatusMark } from '../../lib/ui/status-mark';
import { processPath } from '../process/process-path';
import classes from './data.module.css';

/** Where an imported file is now, and what to do with it. */
export function ImportDone({ result }: { readonly result: ImportResult }): ReactNode {
  const { detector, run, format, known } = result;
  return (
    <span className={classes['done']} role="status">
      <StatusMark mark="ok">
        {known ? 'Was imported before as run ' : 'Imported as run '}
        <RunLink detector={detector} run={run} />
      </StatusMark>
      <span className="dim">{format}</span>
      <Link className="link" href={`/data/${result.dataset.id}`}>
        Look into it
      </Link>
      <Link className="link" href={processPath([{ detector, number: run }])}>
        Process
      </Link>
    </span>
  );
}
