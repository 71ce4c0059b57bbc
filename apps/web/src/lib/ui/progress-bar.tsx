import type { ReactNode } from 'react';
import { percent } from '../format/numbers';
import classes from './progress-bar.module.css';

/** How far something is: a bar with the share in words; a share of null is work whose end is not known. */
export function ProgressBar({
  label,
  share,
  text,
}: {
  readonly label: string;
  readonly share: number | null;
  readonly text?: string;
}): ReactNode {
  const said = text === undefined || text === '' ? (share === null ? 'working' : percent(share, 0)) : text;
  return (
    <span className={classes['pair']}>
      <progress
        className={classes['bar']}
        aria-label={label}
        {...(share === null ? {} : { value: Math.min(1, Math.max(0, share)), max: 1 })}
      />
      <span className={classes['text']}>{said}</span>
    </span>
  );
}
