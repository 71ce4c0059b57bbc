'use client';

import { analysisSummary, type DatasetInfo, endpoints } from '@countroom/contracts';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { useApiClient } from '../../lib/api/api-provider';
import { useApi } from '../../lib/api/use-api';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { CopyLink } from '../../lib/ui/copy-link';
import { Page } from '../../lib/ui/page';
import { AnalysisView } from '../analysis/analysis-view';
import { Hdf5Browser } from '../hdf5/hdf5-browser';
import { RecordingImport } from '../import/recording-import';
import { processPath } from '../process/process-path';
import { DatasetFacts } from './dataset-facts';
import { consumerFile, isGrowing } from './dataset-file';
import { FileBrowser } from './file-browser';
import { PictureView } from './picture-view';
import { TextView } from './text-view';

const growingMs = 5000;

export function DatasetPage({ id }: { readonly id: string }): ReactNode {
  const api = useApiClient();
  const [growing, setGrowing] = useState(false);
  const dataset = useApi(endpoints.data.get, { params: { id } }, growing ? { everyMs: growingMs } : {});
  const grows = dataset.data !== undefined && isGrowing(dataset.data);
  if (grows !== growing) setGrowing(grows);
  const title =
    dataset.data === undefined
      ? 'Dataset'
      : `${consumerFile(dataset.data) ?? dataset.data.dataKind} of ${dataset.data.detector} ${dataset.data.run}`;
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
            {dataset.data.format === 'hdf5' ? null : (
              <Button
                component={Link}
                variant="default"
                href={processPath([{ detector: dataset.data.detector, number: dataset.data.run }])}
              >
                Process run
              </Button>
            )}
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
  if (dataset.format === 'hdf5') {
    return (
      <>
        <Hdf5Browser dataset={dataset} />
        <DatasetFacts dataset={dataset} />
      </>
    );
  }
  if (dataset.format === 'text' || dataset.format === 'picture') {
    return (
      <>
        {dataset.format === 'text' ? <TextView dataset={dataset} /> : <PictureView dataset={dataset} />}
        <DatasetFacts dataset={dataset} />
      </>
    );
  }
  if (dataset.format !== 'lh5') {
    return (
      <>
        <RecordingImport dataset={dataset} />
        <DatasetFacts dataset={dataset} />
      </>
    );
  }
  if (isAnalysis(dataset)) {
    return (
      <>
        <AnalysisView dataset={dataset} />
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

const analysisResult = z.object({ input: analysisSummary });

function isAnalysis({ report }: DatasetInfo): boolean {
  return analysisResult.safeParse(report).success;
}
