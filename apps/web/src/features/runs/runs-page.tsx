'use client';

import { endpoints } from '@countroom/contracts';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useState } from 'react';
import { usePages } from '../../lib/api/use-pages';
import { runPath } from '../../lib/run/run-link';
import { EmptyState } from '../../lib/states/empty-state';
import { PagedTable } from '../../lib/table/paged-table';
import { Page } from '../../lib/ui/page';
import { BulkActions } from './bulk-actions';
import { runColumns } from './run-columns';
import { RunFilterBar } from './run-filter-bar';
import { filterCount, runSorts, runsQuery } from './run-filters';
import { useRunFilters } from './use-run-filters';

const refreshMs = 15_000;

export function RunsPage(): ReactNode {
  const router = useRouter();
  const [filters, change] = useRunFilters();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const pages = usePages(endpoints.runs.list, { query: runsQuery(filters) }, { everyMs: refreshMs });
  const chosen = useMemo(() => pages.rows.filter((run) => selected.has(run.id)), [pages.rows, selected]);
  return (
    <Page title="Runs">
      <RunFilterBar filters={filters} onChange={change} />
      <PagedTable
        id="runs"
        label="Runs"
        pages={pages}
        columns={runColumns}
        rowId={(run) => run.id}
        sort={{ by: filters.sort, order: filters.order }}
        onSort={({ by, order }) => change({ sort: runSorts.find((sort) => sort === by) ?? 'started', order })}
        // A run that no longer fits the filters is not changed unseen.
        selected={new Set(chosen.map((run) => run.id))}
        onSelect={setSelected}
        onOpen={(run) => router.push(runPath(run.detector, run.number))}
        toolbar={<BulkActions runs={chosen} />}
        empty={<NoRuns filtered={filterCount(filters) > 0} />}
      />
    </Page>
  );
}

function NoRuns({ filtered }: { readonly filtered: boolean }): ReactNode {
  if (filtered) {
    return <EmptyState title="No run fits the filters.">Clear some of them to see more.</EmptyState>;
  }
  return (
    <EmptyState
      title="No runs yet."
      action={
        <span>
          <Button component={Link} href="/control-room" mr="xs">
            Start a run
          </Button>
          <Button component={Link} href="/data" variant="default">
            Import a recording
          </Button>
        </span>
      }
    >
      A run is what a detector records between a start and a stop, or a recorded file that was imported.
    </EmptyState>
  );
}
