import { Children, cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';
import classes from './data-table.module.css';

/** A short table that stands whole on the page and is scrolled sideways when the page is narrow. */
export function PlainTable({
  label,
  head,
  children,
  maxHeight,
  framed = false,
  stacks = false,
}: {
  readonly label: string;
  /** Heads with `n:` in front are of columns of numbers. */
  readonly head: readonly string[];
  readonly children: ReactNode;
  readonly maxHeight?: string;
  /** With a border of its own, where it stands outside of panels. */
  readonly framed?: boolean;
  /** Where it is narrow, the cells of a row stand below each other, each behind its head. Its rows are `tr` themselves. */
  readonly stacks?: boolean;
}): ReactNode {
  return (
    <div
      className={[classes['scroller'], framed && classes['frame'], stacks && classes['stacks']]
        .filter((name) => typeof name === 'string')
        .join(' ')}
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
        <tbody>{stacks ? withHeads(children, head) : children}</tbody>
      </table>
    </div>
  );
}

type Parent = ReactElement<{ readonly children?: ReactNode; readonly 'data-head'?: string }>;

/** Rows whose cells know their head. */
function withHeads(rows: ReactNode, head: readonly string[]): ReactNode {
  return Children.map(rows, (row) => {
    if (!isValidElement(row) || row.type !== 'tr') return row;
    const cells = Children.map((row as Parent).props.children, (cell, index) =>
      isValidElement(cell) && index > 0
        ? cloneElement(cell as Parent, { 'data-head': head[index]?.replace(/^n:/, '') ?? '' })
        : cell,
    );
    return cloneElement(row as Parent, {}, cells);
  });
}
