'use client';

import { endpoints, type JobInfo } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { type Permission, permissionForAll, permissionOf } from '../../lib/api/permissions';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { cancelReason, retryReason } from './job-words';
import classes from './jobs.module.css';

const changes = [endpoints.jobs.list, endpoints.jobs.get];

/** Cancels or retries the selected jobs; the count says how many of them that concerns. */
export function JobBulk({ jobs }: { readonly jobs: readonly JobInfo[] }): ReactNode {
  const session = useSession().data;
  const cancel = useCommand(endpoints.jobs.cancel, { changes });
  const retry = useCommand(endpoints.jobs.retry, { changes });
  if (jobs.length === 0) {
    return <span className="dim">Select jobs (x) to cancel them or try them again.</span>;
  }
  const permissionFor = (job: JobInfo): Permission => permissionOf(session, 'shifter', job.detector);
  const stoppable = jobs.filter((job) => cancelReason(job, permissionFor(job)) === null);
  const failed = jobs.filter((job) => retryReason(job, permissionFor(job)) === null);
  const permission =
    jobs.map(permissionFor).find(({ allowed }) => allowed) ??
    permissionForAll(
      session,
      'shifter',
      jobs.map(({ detector }) => detector),
    );
  const reason = (fitting: readonly JobInfo[], otherwise: string): string | null =>
    !permission.allowed ? permission.reason : fitting.length === 0 ? otherwise : null;
  return (
    <span className={classes['actions']}>
      <ActionButton
        variant="default"
        reason={reason(stoppable, 'None of them waits or runs.')}
        onClick={() => {
          for (const job of stoppable) cancel.mutate({ params: { id: job.id }, body: {} });
        }}
      >{`Cancel ${jobCount(stoppable.length)}`}</ActionButton>
      <ActionButton
        variant="default"
        quiet={!permission.allowed}
        reason={reason(failed, 'None of them failed or was cancelled.')}
        onClick={() => {
          for (const job of failed) retry.mutate({ params: { id: job.id }, body: {} });
        }}
      >{`Try ${jobCount(failed.length)} again`}</ActionButton>
    </span>
  );
}

function jobCount(count: number): string {
  return count === 1 ? '1 job' : `${count} jobs`;
}
