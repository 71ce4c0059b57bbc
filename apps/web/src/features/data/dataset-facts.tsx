import type { DatasetInfo } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { int64, int64Bytes } from '../../lib/format/int64';
import { JsonView } from '../../lib/json/json-view';
import { RunLink } from '../../lib/run/run-link';
import { Facts } from '../../lib/ui/facts';
import { Columns } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Panel } from '../../lib/ui/panel';
import { consumerFile, isGrowing } from './dataset-file';
import { readIntegrity } from './integrity';
import { IntegrityView } from './integrity-view';

/** Where a dataset comes from, where it lies, and what was found while it was made. */
export function DatasetFacts({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const integrity = readIntegrity(dataset.report);
  return (
    <Columns>
      <Panel title="File">
        <Facts
          items={[
            ['Run', <RunLink key="run" detector={dataset.detector} run={dataset.run} />],
            [
              'Data kind',
              <span key="kind" className="mono">
                {dataset.dataKind}
              </span>,
            ],
            ['Format', dataset.format],
            ['Rows', int64(dataset.rows)],
            [
              'Size',
              `${int64Bytes(dataset.bytes)} (${int64(dataset.bytes)} bytes)${isGrowing(dataset) ? ', growing' : ''}`,
            ],
            ['Made (UTC)', <MomentText key="made" at={dataset.createdAt} />],
            [
              'Made by',
              dataset.jobId === null ? (
                maker(dataset)
              ) : (
                <Link key="job" className="link mono" href={`/jobs/${dataset.jobId}`}>
                  job {dataset.jobId.slice(0, 8)}
                </Link>
              ),
            ],
            ['Store', dataset.store],
            [
              'Path',
              <span key="path" className="mono">
                {dataset.path}
              </span>,
            ],
            [
              'SHA-256',
              <span key="sum" className="mono">
                {dataset.checksum ?? (isGrowing(dataset) ? 'known when the run has ended' : '–')}
              </span>,
            ],
            [
              'Lineage',
              <span key="lineage" className="mono">
                {dataset.lineageHash}
              </span>,
            ],
          ]}
        />
      </Panel>
      {consumerFile(dataset) === null ? (
        <Panel title="Integrity">
          {integrity === null ? (
            <p className="dim">
              {dataset.format === 'daq'
                ? 'Known when the recording is decoded: the report stands with the raw data.'
                : 'Only decoding a recording makes an integrity report.'}
            </p>
          ) : (
            <IntegrityView integrity={integrity} />
          )}
        </Panel>
      ) : null}
      <Panel title="Lineage" wide>
        <JsonView label="Lineage" value={dataset.lineage} openDepth={1} />
      </Panel>
      {dataset.report === null ? null : (
        <Panel title="Report" wide>
          <JsonView label="Report" value={dataset.report} openDepth={1} />
        </Panel>
      )}
    </Columns>
  );
}

function maker({ lineage }: DatasetInfo): string {
  const made = consumerOrigin.safeParse(lineage);
  return made.success ? `consumer ${made.data.options.consumer}` : 'acquisition or import';
}

const consumerOrigin = z.object({
  stage: z.literal('consumer'),
  options: z.object({ consumer: z.string() }),
});
