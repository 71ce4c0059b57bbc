'use client';

import type { ReactNode } from 'react';
import type { Pages } from '../../lib/api/use-pages';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { type DataColumn, DataTable } from '../../lib/table/data-table';

/** A table over pages with its loading and error states. */
export function PagedTable<T extends object>({
  pages,
  ...table
}: {
  readonly pages: Pages<T>;
  readonly id: string;
  readonly label: string;
  readonly columns: readonly DataColumn<T>[];
  readonly rowId: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly toolbar?: ReactNode;
  readonly empty: ReactNode;
}): ReactNode {
  if (pages.isPending) return <LoadingState lines={6} />;
  if (pages.error !== null && pages.rows.length === 0) {
    return <ErrorState error={pages.error} retry={pages.retry} />;
  }
  return (
    <DataTable
      {...table}
      rows={pages.rows}
      hasMore={pages.hasMore}
      loadMore={pages.loadMore}
      loadingMore={pages.loadingMore}
      fading={pages.isPlaceholder}
      total={pages.total}
    />
  );
}
