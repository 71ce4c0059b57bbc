'use client';

import { createContext, type ReactNode, useContext } from 'react';
import classes from './panel.module.css';

/** Stands behind the title where a page has more than one panel of a kind; else empty. */
export const PanelNumber = createContext('');

/** A titled region of a page. Panels are not put into panels. */
export function Panel({
  title,
  aside,
  children,
  wide = false,
  level = 2,
}: {
  readonly title: string;
  /** Stands at the right of the title: age, choices, buttons. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Spans all columns. */
  readonly wide?: boolean;
  readonly level?: 2 | 3;
}): ReactNode {
  const Heading = level === 2 ? 'h2' : 'h3';
  const number = useContext(PanelNumber);
  const name = number === '' ? title : `${title} ${number}`;
  return (
    <section className={classes['panel']} data-wide={wide || undefined} aria-label={name}>
      <header className={classes['head']}>
        <Heading className={classes['title']}>{name}</Heading>
        {aside === undefined ? null : <div className={classes['aside']}>{aside}</div>}
      </header>
      <div className={classes['body']}>{children}</div>
    </section>
  );
}
