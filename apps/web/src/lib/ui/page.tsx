import type { ReactNode } from 'react';
import classes from './page.module.css';

/** Heading, actions and content of a page; sets the document's title. */
export function Page({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classes['page']}>
      <title>{`${title} · Countroom`}</title>
      <header className={classes['head']}>
        <h1 className={classes['title']}>{title}</h1>
        {actions === undefined ? null : <div className={classes['actions']}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
