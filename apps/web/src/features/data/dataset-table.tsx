import { type DatasetInfo, endpoints } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { int64, int64Bytes } from '../../lib/format/int64';
import { PlainTable } from '../../lib/table/plain-table';
import { MomentText } from '../../lib/ui/moment-text';
import { consumerFile, fileName, isGrowing } from './dataset-file';
import { readIntegrity } from './integrity';
import { IntegrityMark } from './integrity-mark';

type Linked = Pick<DatasetInfo, 'id' | 'dataKind' | 'path'>;

/** A dataset's data kind as a link to it, with the name of the file where a run has several of the kind. */
export function DatasetLink({ dataset }: { readonly dataset: Linked }): ReactNode {
  const file = consumerFile(dataset);
  return (
    <Link className="link mono" href={`/data/${dataset.id}`}>
      {file === null ? dataset.dataKind : `${dataset.dataKind} ${file}`}
    </Link>
  );
}

/** Size of the file; said of one that a consumer still writes to. */
export function DatasetSize({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const size = int64Bytes(dataset.bytes);
  return isGrowing(dataset) ? (
    <span title="The run has not ended; the size is that of a moment ago">{size}, growing</span>
  ) : (
    size
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
  const api = useApiClient();
  if (datasets.length === 0) {
    return (
      <p className="dim">
        {running
          ? 'Raw data are listed when the run has ended, files of consumers as soon as there is one.'
          : 'No file of this run is stored.'}
      </p>
    );
  }
  return (
    <PlainTable
      label="Datasets"
      head={['Data kind', 'File', 'Format', 'n:Rows', 'n:Size', 'Made (UTC)', 'Integrity', 'Lineage', 'Path']}
    >
      {rawFirst(datasets).map((dataset) => (
        <tr key={dataset.id}>
          <td>
            <DatasetLink dataset={dataset} />
          </td>
          <td>
            <a
              className="link"
              href={api.url(endpoints.data.download, { params: { id: dataset.id } })}
              aria-label={`Download ${fileName(dataset)}`}
            >
              Download
            </a>
          </td>
          <td>{dataset.format}</td>
          <td className="num">{int64(dataset.rows)}</td>
          <td className="num">
            <DatasetSize dataset={dataset} />
          </td>
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

/** Files of consumers were there first, and there may be many. */
function rawFirst(datasets: readonly DatasetInfo[]): readonly DatasetInfo[] {
  return [...datasets].sort((a, b) => Number(consumerFile(a) !== null) - Number(consumerFile(b) !== null));
}
