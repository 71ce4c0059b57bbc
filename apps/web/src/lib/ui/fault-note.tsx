import type { ReactNode } from 'react';
import type { ShownError } from '../api/errors';
import classes from './issue-list.module.css';

/** Why the server did not take a form; faults of fields stand beside the fields. */
export function FaultNote({ failure }: { readonly failure: ShownError | undefined }): ReactNode {
  if (failure === undefined) return null;
  return (
    <p role="alert" className={classes['fault']}>
      {failure.message}
    </p>
  );
}
