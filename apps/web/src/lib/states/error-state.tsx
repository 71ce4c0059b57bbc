'use client';

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { shownError } from '../api/errors';
import { IssueList } from '../ui/issue-list';
import { StatusMark } from '../ui/status-mark';
import classes from './states.module.css';

/** What happened, to what, the next step; code and faults per field in a fold. */
export function ErrorState({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
}): ReactNode {
  const shown = shownError(error);
  if (shown.code === 'auth.forbidden') return <NotAllowed message={shown.message} />;
  return (
    <div className={classes['state']} role="alert">
      <StatusMark mark="alarm">
        <span className={classes['title']}>This could not be shown</span>
      </StatusMark>
      <p className={classes['message']}>{shown.message}</p>
      <IssueList issues={shown.issues} />
      {retry === undefined ? null : (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
      <details className={classes['details']}>
        <summary>Details</summary>
        <p className="mono">{shown.code}</p>
      </details>
    </div>
  );
}

/** The page is there, but not for this person: says which role would do. */
export function NotAllowed({ message }: { readonly message: string }): ReactNode {
  return (
    <div className={classes['state']}>
      <StatusMark mark="neutral">
        <span className={classes['title']}>Not allowed</span>
      </StatusMark>
      <p className={classes['message']}>{message}</p>
    </div>
  );
}
