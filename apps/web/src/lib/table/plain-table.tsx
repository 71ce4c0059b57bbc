import type { ReactNode } from 'react';
import classes from './data-table.module.css';

/** A short table that stands whole on the page and is scrolled sideways when the page is narrow. */
export function PlainTable({
  label,
  head,
  children,
  maxHeight,
  framed = false,
}: {
  readonly label: string;
  /** Heads with `n:` in front are of columns of numbers. */
  readonly head: readonly string[];
  readonly children: ReactNode;
  readonly maxHeight?: string;
  /** With a border of its own, where it stands outside of panels. */
  readonly framed?: boolean;
}): ReactNode {
  return (
    <div
      className={`${classes['scroller'] ?? ''} ${framed ? (classes['frame'] ?? '') : ''}`}
      role="group"
      aria-label={label}
      tabIndex={0}
      style={{ maxHeight }}
    >
      <table className={classes['table']}>
        <thead>
          <tr>
            {head.map((name) => {
              const numeric = name.startsWith('n:');
              return (
                <th key={name} scope="col" className={numeric ? classes['numeric'] : undefined}>
                  {numeric ? name.slice(2) : name}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
