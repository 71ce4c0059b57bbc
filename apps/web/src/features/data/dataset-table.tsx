import type { DatasetInfo } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { int64, int64Bytes } from '../../lib/format/int64';
import { PlainTable } from '../../lib/table/plain-table';
import { MomentText } from '../../lib/ui/moment-text';
import { readIntegrity } from './integrity';
import { IntegrityMark } from './integrity-mark';

/** A dataset's data kind as a link to it. */
export function DatasetLink({
  dataset,
}: {
  readonly dataset: Pick<DatasetInfo, 'id' | 'dataKind'>;
}): ReactNode {
  return (
    <Link className="link mono" href={`/data/${dataset.id}`}>
      {dataset.dataKind}
    </Link>
  );
}

/** The few datasets of a run. */
export function DatasetTable({
  datasets,
  running,
}: {
  readonly datasets: readonly DatasetInfo[];
  readonly running: boolean;
}): ReactNode {
  if (datasets.length === 0) {
    return (
      <p className="dim">
        {running ? 'Files are listed when the run has ended.' : 'No file of this run is stored.'}
      </p>
    );
  }
  return (
    <PlainTable
      label="Datasets"
      head={['Data kind', 'Format', 'n:Rows', 'n:Size', 'Made (UTC)', 'Integrity', 'Lineage', 'Path']}
    >
      {datasets.map((dataset) => (
        <tr key={dataset.id}>
          <td>
            <DatasetLink dataset={dataset} />
          </td>
          <td>{dataset.format}</td>
          <td className="num">{int64(dataset.rows)}</td>
          <td className="num">{int64Bytes(dataset.bytes)}</td>
          <td>
            <MomentText at={dataset.createdAt} />
          </td>
          <td>
            <IntegrityMark integrity={readIntegrity(dataset.report)} />
          </td>
          <td className="mono" title={dataset.lineageHash}>
            {dataset.lineageHash.slice(0, 12)}
          </td>
          <td className="mono">{dataset.path}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
