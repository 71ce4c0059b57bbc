import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DataColumn, TableSort } from './data-table';
import classes from './data-table.module.css';

/** Head of a column; a button when the server can sort by it. */
export function SortHeader<T>({
  column,
  sort,
  onSort,
  className,
}: {
  readonly column: DataColumn<T>;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
  readonly className: string | undefined;
}): ReactNode {
  const by = column.sort;
  const label = (
    <>
      {column.header}
      {column.unit === undefined ? null : <span className={classes['unit']}> / {column.unit}</span>}
    </>
  );
  if (by === undefined || onSort === undefined) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  const order = sort?.by === by ? sort.order : null;
  const Arrow = order === null ? IconArrowsSort : order === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={order === null ? 'none' : order === 'asc' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className={classes['sort']}
        onClick={() => onSort({ by, order: order === 'desc' ? 'asc' : 'desc' })}
      >
        {label}
        <Arrow size={12} aria-hidden />
      </button>
    </th>
  );
}
