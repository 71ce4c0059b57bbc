'use client';

import { type DatasetInfo, endpoints } from '@countroom/contracts';
import { Button, NumberInput } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { usePages } from '../../lib/api/use-pages';
import { int64 } from '../../lib/format/int64';
import { DetectorSelect } from '../../lib/run/detector-select';
import { RunLink } from '../../lib/run/run-link';
import { EmptyState } from '../../lib/states/empty-state';
import type { DataColumn } from '../../lib/table/data-table';
import { PagedTable } from '../../lib/table/paged-table';
import { FilterText } from '../../lib/ui/filter-text';
import { Filters } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Page } from '../../lib/ui/page';
import { urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import { DatasetLink, DatasetSize } from './dataset-table';
import { ImportPanel } from './import-panel';

const refreshMs = 30_000;

const columns: readonly DataColumn<DatasetInfo>[] = [
  { id: 'kind', header: 'Data kind', cell: (dataset) => <DatasetLink dataset={dataset} /> },
  { id: 'run', header: 'Run', cell: ({ detector, run }) => <RunLink detector={detector} run={run} /> },
  { id: 'format', header: 'Format', cell: (dataset) => dataset.format },
  { id: 'rows', header: 'Rows', numeric: true, cell: (dataset) => int64(dataset.rows) },
  { id: 'bytes', header: 'Size', numeric: true, cell: (dataset) => <DatasetSize dataset={dataset} /> },
  { id: 'created', header: 'Made (UTC)', cell: (dataset) => <MomentText at={dataset.createdAt} /> },
  { id: 'path', header: 'Path', cell: (dataset) => <span className="mono">{dataset.path}</span> },
  {
    id: 'lineage',
    header: 'Lineage',
    cell: (dataset) => <span className="mono">{dataset.lineageHash.slice(0, 12)}</span>,
  },
  { id: 'store', header: 'Store', hidden: true, cell: (dataset) => dataset.store },
];

export function DataPage(): ReactNode {
  const router = useRouter();
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [run, setRun] = useUrlState('run', urlNumber);
  const [kind, setKind] = useUrlState('kind', urlText);
  const pages = usePages(
    endpoints.data.list,
    {
      query: {
        ...(detector === '' ? {} : { detector }),
        ...(run === null ? {} : { run }),
        ...(kind === '' ? {} : { dataKind: kind }),
      },
    },
    { everyMs: refreshMs },
  );
  const filtered = detector !== '' || run !== null || kind !== '';
  return (
    <Page
      title="Data"
      actions={
        <Button component={Link} href="/data/query" variant="default">
          Query runs
        </Button>
      }
    >
      <ImportPanel />
      <Filters label="Filter datasets">
        <DetectorSelect label="Detector" value={detector} onChange={setDetector} />
        <NumberInput
          label="Run"
          hideControls
          allowDecimal={false}
          value={run ?? ''}
          onChange={(value) => setRun(value === '' ? null : Number(value))}
        />
        <FilterText label="Data kind" placeholder="raw, dsp, hit, results" value={kind} onChange={setKind} />
      </Filters>
      <PagedTable
        id="datasets"
        label="Datasets"
        pages={pages}
        columns={columns}
        rowId={(dataset) => dataset.id}
        onOpen={(dataset) => router.push(`/data/${dataset.id}`)}
        empty={
          filtered ? (
            <EmptyState title="No dataset fits the filters.">Choose others to see more.</EmptyState>
          ) : (
            <EmptyState title="No data yet.">
              A dataset is a stored file of a run: what was recorded, or what processing made of it. Import a
              recording above, or start a run in the control room.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
