import type { ConfigurationVersion } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import { MomentText } from '../../lib/ui/moment-text';
import { VersionButton } from '../../lib/ui/version-button';

export function VersionTable({
  versions,
  shown,
  onShow,
}: {
  readonly versions: readonly ConfigurationVersion[];
  readonly shown: number;
  readonly onShow: (version: number) => void;
}): ReactNode {
  return (
    <PlainTable label="Versions" head={['Version', 'By', 'Added (UTC)', 'Content', 'Comment']}>
      {versions.map((version) => (
        <tr key={version.id} aria-current={version.version === shown}>
          <td>
            <VersionButton version={version.version} shown={shown} onShow={onShow} />
          </td>
          <td>{version.by}</td>
          <td>
            <MomentText at={version.createdAt} />
          </td>
          <td className="mono" title={version.hash}>
            {version.hash.slice(0, 12)}
          </td>
          <td>{version.comment}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
