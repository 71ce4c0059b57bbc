'use client';

import { endpoints, type JobInfo } from '@countroom/contracts';
import { NumberInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton, DisabledReason } from '../../lib/ui/action-button';
import { cancelReason, priorityReason, retryReason } from './job-words';
import classes from './jobs.module.css';

const changes = [endpoints.jobs.list, endpoints.jobs.get, endpoints.runs.get];

/** Cancel, try again, priority: each says why when it cannot be done. */
export function JobActions({ job }: { readonly job: JobInfo }): ReactNode {
  const permission = usePermission('shifter', job.detector);
  const cancel = useCommand(endpoints.jobs.cancel, { changes });
  const retry = useCommand(endpoints.jobs.retry, { changes });
  const noCancel = cancelReason(job, permission);
  const noRetry = retryReason(job, permission);
  return (
    <div className={classes['actions']}>
      <ActionButton
        variant="default"
        reason={noCancel}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ params: { id: job.id }, body: {} })}
      >
        Cancel job
      </ActionButton>
      <ActionButton
        variant="default"
        reason={noRetry}
        quiet={noRetry === noCancel}
        loading={retry.isPending}
        onClick={() => retry.mutate({ params: { id: job.id }, body: {} })}
      >
        Try again
      </ActionButton>
      <PriorityField
        key={job.priority}
        job={job}
        reason={priorityReason(job, permission)}
        quiet={!permission.allowed}
      />
    </div>
  );
}

function PriorityField({
  job,
  reason,
  quiet,
}: {
  readonly job: JobInfo;
  readonly reason: string | null;
  readonly quiet: boolean;
}): ReactNode {
  const reasonId = useId();
  const [priority, setPriority] = useState<number | string>(job.priority);
  const update = useCommand(endpoints.jobs.update, { changes });
  const save = (): void => {
    const value = Number(priority);
    if (reason === null && priority !== '' && value !== job.priority) {
      update.mutate({ params: { id: job.id }, body: { priority: value } });
    }
  };
  return (
    <form
      className={classes['actions']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <NumberInput
        aria-label="Priority, 0 to 100; higher begins earlier"
        leftSection={<span className="dim">Priority</span>}
        leftSectionWidth={64}
        w={120}
        min={0}
        max={100}
        allowDecimal={false}
        readOnly={reason !== null}
        {...(reason === null ? {} : { 'aria-describedby': reasonId })}
        value={priority}
        onChange={setPriority}
        onBlur={save}
      />
      {reason === null ? null : <DisabledReason id={reasonId} text={reason} hidden={quiet} />}
    </form>
  );
}
