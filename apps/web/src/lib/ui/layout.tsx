import type { ReactNode } from 'react';
import classes from './layout.module.css';

interface Parts {
  readonly children: ReactNode;
}

/** Two columns of panels, one where the page is narrow; a panel that is `wide` spans both. */
export function Columns({ children }: Parts): ReactNode {
  return <div className={classes['columns']}>{children}</div>;
}

/** One below the other. */
export function Stacked({ children }: Parts): ReactNode {
  return <div className={classes['stack']}>{children}</div>;
}

/** Fields in as many equal columns as there is room for. */
export function Fields({ children }: Parts): ReactNode {
  return <div className={classes['fields']}>{children}</div>;
}

/** What narrows a list. */
export function Filters({ label, children }: Parts & { readonly label: string }): ReactNode {
  return (
    <search aria-label={label} className={classes['fields']}>
      {children}
    </search>
  );
}

/** Fields and buttons beside each other, on one line at the bottom. */
export function Row({ children }: Parts): ReactNode {
  return <div className={classes['row']}>{children}</div>;
}

/** A text in one line, cut where there is no room; all of it on hover. */
export function Cut({ text }: { readonly text: string }): ReactNode {
  return (
    <span className={classes['cut']} title={text}>
      {text}
    </span>
  );
}
