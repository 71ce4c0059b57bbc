'use client';

import { Checkbox } from '@mantine/core';
import {
  type ColumnDef,
  columnVisibilityFeature,
  flexRender,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { urlList, useUrlState } from '../url/url-state';
import { ColumnChoice } from './column-choice';
import classes from './data-table.module.css';
import { SortHeader } from './sort-header';
import { useRowKeys } from './use-row-keys';

/** A column: what it is called, in which unit, and what stands in it. */
export interface DataColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly unit?: string;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
  /** A text that may take several lines. */
  readonly wraps?: boolean;
  readonly cell: (row: T) => ReactNode;
  /** Name by which the server sorts; absent when it cannot. */
  readonly sort?: string;
  /** Left out until the reader chooses it. */
  readonly hidden?: boolean;
}

/** Order asked of the server. */
export interface TableSort {
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

export interface DataTableProps<T extends object> {
  /** Says what the rows are; also names the table in the address. */
  readonly label: string;
  readonly id: string;
  readonly columns: readonly DataColumn<T>[];
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (ids: ReadonlySet<string>) => void;
  readonly onOpen?: (row: T) => void;
  readonly hasMore?: boolean;
  readonly loadMore?: () => void;
  readonly loadingMore?: boolean;
  /** Rows that belong to the question before are shown paler. */
  readonly fading?: boolean;
  /** How many rows match in all. */
  readonly total?: number | null;
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode;
  /** Keys j, k, Enter, x act on this table wherever the focus is; only one table of a page has them. */
  readonly keys?: boolean;
  /** Left of the column choice: bulk actions and the like. */
  readonly toolbar?: ReactNode;
  readonly maxHeight?: string;
}

const features = tableFeatures({ columnVisibilityFeature });
const rowHeight = 32;

/** A table over rows that the server filters, sorts and pages. Only the rows in view are in the document. */
export function DataTable<T extends object>(props: DataTableProps<T>): ReactNode {
  const { columns, rows, rowId, selected, onSelect, hasMore = false, loadMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useUrlState(`${props.id}.columns`, urlList);
  const visibility = useMemo(
    () =>
      Object.fromEntries(
        columns.map((column) => [
          column.id,
          shown.length === 0 ? column.hidden !== true : shown.includes(column.id),
        ]),
      ),
    [columns, shown],
  );
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, T> => ({
          id: column.id,
          header: column.header,
          cell: (context) => column.cell(context.row.original),
        }),
      ),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    state: { columnVisibility: visibility },
  });
  const tableRows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastIndex >= rows.length - 20) loadMore?.();
  }, [hasMore, lastIndex, rows.length, loadMore]);

  const [active, setActive] = useState(-1);
  const toggle = (id: string): void => {
    if (selected === undefined || onSelect === undefined) return;
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  useRowKeys({
    enabled: props.keys ?? true,
    count: rows.length,
    active,
    move: (index) => {
      setActive(index);
      virtual.scrollToIndex(index);
    },
    open: (index) => {
      const row = rows[index];
      if (row !== undefined) props.onOpen?.(row);
    },
    toggle: (index) => {
      const row = rows[index];
      if (row !== undefined) toggle(rowId(row));
    },
  });

  const visible = columns.filter((column) => visibility[column.id] === true);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const span = visible.length + (onSelect === undefined ? 0 : 1);
  const allSelected = rows.length > 0 && rows.every((row) => selected?.has(rowId(row)) === true);
  return (
    <div className={classes['frame']}>
      {rows.length === 0 && props.toolbar === undefined ? null : (
        <div className={classes['bar']}>
          {props.toolbar}
          <span className={classes['count']} role="status">
            {countText(rows.length, props.total ?? null, selected?.size ?? 0)}
          </span>
          <ColumnChoice
            columns={columns}
            visible={visible.map((column) => column.id)}
            onChange={setShown}
            reset={() => setShown([])}
          />
        </div>
      )}
      {rows.length === 0 ? (
        <div className={classes['empty']}>{props.empty}</div>
      ) : (
        <div
          ref={scroller}
          className={classes['scroller']}
          style={{ maxHeight: props.maxHeight ?? 'calc(100dvh - 240px)' }}
          role="group"
          aria-label={props.label}
          tabIndex={0}
          data-fading={props.fading === true || undefined}
        >
          <table className={classes['table']} aria-rowcount={props.total ?? rows.length}>
            <thead>
              <tr>
                {onSelect === undefined ? null : (
                  <th className={classes['check']} scope="col">
                    <Checkbox
                      aria-label="Select all rows shown"
                      checked={allSelected}
                      onChange={() => onSelect(allSelected ? new Set() : new Set(rows.map(rowId)))}
                    />
                  </th>
                )}
                {visible.map((column) => (
                  <SortHeader
                    key={column.id}
                    column={column}
                    sort={props.sort}
                    onSort={props.onSort}
                    className={column.numeric === true ? classes['numeric'] : undefined}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {before > 0 ? <Spacer height={before} span={span} /> : null}
              {items.map((item) => {
                const row = tableRows[item.index];
                if (row === undefined) return null;
                const isSelected = selected?.has(row.id) === true;
                return (
                  <tr
                    key={row.id}
                    data-index={item.index}
                    ref={virtual.measureElement}
                    data-active={item.index === active || undefined}
                    data-selected={isSelected || undefined}
                    data-opens={props.onOpen !== undefined || undefined}
                    onClick={(event) => {
                      setActive(item.index);
                      const inside = event.target as HTMLElement;
                      if (inside.closest('a,button,input,label') === null) props.onOpen?.(row.original);
                    }}
                  >
                    {onSelect === undefined ? null : (
                      <td className={classes['check']}>
                        <Checkbox
                          aria-label={`Select row ${item.index + 1}`}
                          checked={isSelected}
                          onChange={() => toggle(row.id)}
                        />
                      </td>
                    )}
                    {row.getVisibleCells().map((cell, index) => (
                      <td key={cell.id} className={cellClass(visible[index])}>
                        {flexRender(cell.column.columnDef.cell, cell.getContext())}
                      </td>
                    ))}
                  </tr>
                );
              })}
              {after > 0 ? <Spacer height={after} span={span} /> : null}
            </tbody>
          </table>
          {props.loadingMore === true ? <p className={classes['more']}>Loading more…</p> : null}
        </div>
      )}
    </div>
  );
}

function cellClass<T>(column: DataColumn<T> | undefined): string | undefined {
  if (column?.numeric === true) return classes['numeric'];
  return column?.wraps === true ? classes['wraps'] : undefined;
}

function Spacer({ height, span }: { readonly height: number; readonly span: number }): ReactNode {
  return (
    <tr aria-hidden="true">
      <td colSpan={span} className={classes['spacer']} style={{ height }} />
    </tr>
  );
}

function countText(loaded: number, total: number | null, selected: number): string {
  if (loaded === 0) return '';
  const words = total === 1 || (total === null && loaded === 1) ? 'row' : 'rows';
  const rows = total === null || total === loaded ? `${loaded} ${words}` : `${loaded} of ${total} ${words}`;
  return selected > 0 ? `${rows}, ${selected} selected` : rows;
}
