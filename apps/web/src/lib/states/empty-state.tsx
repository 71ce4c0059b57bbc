import type { ReactNode } from 'react';
import classes from './states.module.css';

/** Nothing here yet: what it would be, and how to get the first one. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div className={classes['state']}>
      <p className={classes['title']}>{title}</p>
      {children === undefined ? null : <div className="dim">{children}</div>}
      {action}
    </div>
  );
}
