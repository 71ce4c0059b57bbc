import type { ParameterStatus, ParameterVersion } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import { MomentText } from '../../lib/ui/moment-text';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';
import { VersionButton } from '../../lib/ui/version-button';

const marks: Readonly<Record<ParameterStatus, Mark>> = {
  proposed: 'info',
  approved: 'ok',
  rejected: 'stopped',
};

export function StatusOfVersion({ status }: { readonly status: ParameterStatus }): ReactNode {
  return <StatusMark mark={marks[status]}>{status}</StatusMark>;
}

export function VersionList({
  versions,
  shown,
  onShow,
}: {
  readonly versions: readonly ParameterVersion[];
  readonly shown: number;
  readonly onShow: (version: number) => void;
}): ReactNode {
  return (
    <PlainTable
      label="Versions"
      maxHeight="18rem"
      head={['Version', 'Status', 'Valid from (UTC)', 'Channels', 'Document', 'By', 'Note']}
    >
      {versions.map((version) => (
        <tr key={version.id} aria-current={version.version === shown}>
          <td>
            <VersionButton version={version.version} shown={shown} onShow={onShow} />
          </td>
          <td>
            <StatusOfVersion status={version.status} />
          </td>
          <td>
            <MomentText at={version.validFrom} />
          </td>
          <td>{channelText(Object.keys(version.content))}</td>
          <td className="mono">{version.document}</td>
          <td>{version.by}</td>
          <td>{version.note}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

function channelText(channels: readonly string[]): string {
  return channels.length > 4 ? `${channels.length} channels` : channels.join(', ');
}
