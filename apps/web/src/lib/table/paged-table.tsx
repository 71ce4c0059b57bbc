'use client';

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { shownError } from '../api/errors';
import type { Pages } from '../api/use-pages';
import { ErrorState } from '../states/error-state';
import { LoadingState } from '../states/loading-state';
import { StatusMark } from '../ui/status-mark';
import { DataTable, type DataTableProps } from './data-table';
import classes from './data-table.module.css';

type Given = 'rows' | 'hasMore' | 'loadMore' | 'loadingMore' | 'fading' | 'total';

/** A table over pages with its loading and error states; rows that could not be asked for again stay, and say so. */
export function PagedTable<T extends object>({
  pages,
  ...table
}: Omit<DataTableProps<T>, Given> & { readonly pages: Pages<T> }): ReactNode {
  if (pages.isPending) return <LoadingState lines={6} />;
  if (pages.error !== null && pages.rows.length === 0) {
    return <ErrorState error={pages.error} retry={pages.retry} />;
  }
  return (
    <>
      {pages.error === null ? null : (
        <p className={classes['stale']} role="alert">
          <StatusMark mark="warning">
            Shown as last read; asking again failed: {shownError(pages.error).message}
          </StatusMark>
          <Button size="compact-xs" variant="default" onClick={pages.retry}>
            Try again
          </Button>
        </p>
      )}
      <DataTable
        {...table}
        rows={pages.rows}
        hasMore={pages.hasMore}
        loadMore={pages.loadMore}
        loadingMore={pages.loadingMore}
        fading={pages.isPlaceholder}
        total={pages.total}
      />
    </>
  );
}
