import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './door.module.css';
import { OpenNote } from './open-note';

/** Frame of the pages before one is signed in. */
export function Door({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <>
      <OpenNote />
      <main className={classes['door']}>
        <title>{`${title} · Countroom`}</title>
        <Paper withBorder p="lg" className={classes['card']}>
          <p className={classes['brand']}>Countroom</p>
          <h1 className={classes['title']}>{title}</h1>
          {children}
        </Paper>
      </main>
    </>
  );
}
