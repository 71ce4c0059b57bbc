'use client';

import {
  type AnalysisSummary,
  type DatasetInfo,
  endpoints,
  type ParameterVersion,
} from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { StatusMark } from '../../lib/ui/status-mark';

/** One click that makes parameters of a result, and where they are when that was done. */
export function ApproveResult({
  dataset,
  summary,
  set,
  versions,
}: {
  readonly dataset: DatasetInfo;
  readonly summary: AnalysisSummary;
  readonly set: string;
  readonly versions: readonly ParameterVersion[];
}): ReactNode {
  const expert = usePermission('expert', dataset.detector);
  const changes = [endpoints.parameters.analysis, endpoints.parameters.sets, endpoints.parameters.versions];
  const adopt = useCommand(endpoints.parameters.adopt, {
    changes,
    says: ({ version }) => `Version ${version} of the ${set} parameters holds now.`,
  });
  const propose = useCommand(endpoints.parameters.propose, {
    changes,
    says: ({ version }) => `Version ${version} of the ${set} parameters waits for an expert.`,
  });
  const [newest] = versions;
  if (newest !== undefined && newest.status !== 'rejected') {
    return (
      <>
        <StatusMark mark={newest.status === 'approved' ? 'ok' : 'info'}>{newest.status}</StatusMark>
        <Link className="link" href={`/parameters/${newest.setId}?version=${newest.version}`}>
          {set} parameters, version {newest.version}
        </Link>
      </>
    );
  }
  const channels = Object.keys(summary.content).length;
  const nothing = channels === 0 ? 'Nothing good enough was found to keep.' : null;
  const call = { params: { id: dataset.id }, body: {} };
  if (expert.allowed) {
    return (
      <ActionButton reason={nothing} loading={adopt.isPending} onClick={() => adopt.mutate(call)}>
        {`Approve for ${channels} channel${channels === 1 ? '' : 's'}`}
      </ActionButton>
    );
  }
  return (
    <ProposeButton
      nothing={nothing}
      detector={dataset.detector}
      busy={propose.isPending}
      onClick={() => propose.mutate(call)}
    />
  );
}

function ProposeButton({
  nothing,
  detector,
  busy,
  onClick,
}: {
  readonly nothing: string | null;
  readonly detector: string;
  readonly busy: boolean;
  readonly onClick: () => void;
}): ReactNode {
  const shifter = usePermission('shifter', detector);
  return (
    <ActionButton
      reason={nothing ?? (shifter.allowed ? null : shifter.reason)}
      loading={busy}
      onClick={onClick}
    >
      Propose to experts
    </ActionButton>
  );
}
