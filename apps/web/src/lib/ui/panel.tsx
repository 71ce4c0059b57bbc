import type { ReactNode } from 'react';
import classes from './panel.module.css';

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
  return (
    <section className={classes['panel']} data-wide={wide || undefined} aria-label={title}>
      <header className={classes['head']}>
        <Heading className={classes['title']}>{title}</Heading>
        {aside === undefined ? null : <div className={classes['aside']}>{aside}</div>}
      </header>
      <div className={classes['body']}>{children}</div>
    </section>
  );
}
