'use client';

import { type DatasetInfo, endpoints } from '@countroom/contracts';
import { Button } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { useApi } from '../../lib/api/use-api';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { CopyLink } from '../../lib/ui/copy-link';
import { Page } from '../../lib/ui/page';
import { RecordingImport } from '../import/recording-import';
import { processPath } from '../process/process-path';
import { DatasetFacts } from './dataset-facts';
import { FileBrowser } from './file-browser';

export function DatasetPage({ id }: { readonly id: string }): ReactNode {
  const api = useApiClient();
  const dataset = useApi(endpoints.data.get, { params: { id } });
  const title =
    dataset.data === undefined
      ? 'Dataset'
      : `${dataset.data.dataKind} of ${dataset.data.detector} ${dataset.data.run}`;
  return (
    <Page
      title={title}
      actions={
        dataset.data === undefined ? null : (
          <>
            <CopyLink />
            <Button
              component="a"
              variant="default"
              href={api.url(endpoints.data.download, { params: { id } })}
            >
              Download
            </Button>
            <Button
              component={Link}
              variant="default"
              href={processPath([{ detector: dataset.data.detector, number: dataset.data.run }])}
            >
              Process run
            </Button>
          </>
        )
      }
    >
      <QueryView query={dataset} loading={<LoadingState lines={12} />}>
        {(data) => <DatasetContent dataset={data} />}
      </QueryView>
    </Page>
  );
}

function DatasetContent({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  if (dataset.format !== 'lh5') {
    return (
      <>
        <RecordingImport dataset={dataset} />
        <DatasetFacts dataset={dataset} />
      </>
    );
  }
  return (
    <>
      <FileBrowser dataset={dataset} />
      <DatasetFacts dataset={dataset} />
    </>
  );
}
