'use client';

import { endpoints, quality, type RunSummary } from '@countroom/contracts';
import { Modal, NativeSelect, TagsInput, Textarea } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { permissionOf } from '../../lib/api/permissions';
import { useApi } from '../../lib/api/use-api';
import { useSession } from '../../lib/api/use-session';
import { ActionButton, DisabledReason } from '../../lib/ui/action-button';
import { DialogForm } from '../../lib/ui/dialog-form';
import { processPath } from '../process/process-path';
import { type BulkChange, changeable, runCount } from './bulk-change';
import { qualityChoices } from './run-words';
import classes from './runs.module.css';
import { useBulk } from './use-bulk';

/** What can be done with the selected runs, with their count; those that one may not change are left out, with the reason. */
export function BulkActions({ runs }: { readonly runs: readonly RunSummary[] }): ReactNode {
  const router = useRouter();
  const session = useSession().data;
  const bulk = useBulk();
  const [opened, setOpened] = useState(false);
  const { allowed, reasons } = changeable(runs, (detector) => permissionOf(session, 'shifter', detector));
  if (runs.length === 0) {
    return <span className="dim">Select runs (x) to tag, judge or process several at once.</span>;
  }
  const why = reasons.join(' ');
  const reason = allowed.length === 0 ? why : null;
  return (
    <div className={classes['bulk']}>
      <ActionButton
        variant="default"
        reason={reason}
        loading={bulk.busy}
        onClick={() => setOpened(true)}
      >{`Change ${runCount(allowed.length)}`}</ActionButton>
      <ActionButton
        variant="default"
        reason={reason}
        quiet
        onClick={() => router.push(processPath(allowed))}
      >{`Process ${runCount(allowed.length)}`}</ActionButton>
      {allowed.length === 0 || reasons.length === 0 ? null : (
        <DisabledReason text={`${runCount(runs.length - allowed.length)} left out. ${why}`} />
      )}
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Change ${runCount(allowed.length)}`}>
        <BulkForm
          runs={allowed}
          onClose={() => setOpened(false)}
          onChange={(change, done) => {
            setOpened(false);
            bulk.change(allowed, change, done);
          }}
        />
      </Modal>
    </div>
  );
}

function BulkForm({
  runs,
  onClose,
  onChange,
}: {
  readonly runs: readonly RunSummary[];
  readonly onClose: () => void;
  readonly onChange: (change: BulkChange, done: string) => void;
}): ReactNode {
  const tags = useApi(endpoints.runs.tags, {});
  const [addTags, setAddTags] = useState<string[]>([]);
  const [removeTags, setRemoveTags] = useState<string[]>([]);
  const [judged, setJudged] = useState('');
  const [comment, setComment] = useState('');
  const chosen = quality.safeParse(judged);
  const change: BulkChange = {
    ...(addTags.length === 0 ? {} : { addTags }),
    ...(removeTags.length === 0 ? {} : { removeTags }),
    ...(chosen.success ? { quality: chosen.data } : {}),
    ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
  };
  const commented = runs.filter((run) => run.comment !== '').length;
  const nothing = Object.keys(change).length === 0;
  return (
    <DialogForm
      action={`Change ${runCount(runs.length)}`}
      reason={nothing ? 'Nothing chosen to change yet.' : null}
      onSubmit={() => onChange(change, wordsOf(change))}
      onClose={onClose}
    >
      <TagsInput
        label="Add tags"
        description="Enter after each"
        data={(tags.data ?? []).map((each) => each.tag)}
        value={addTags}
        onChange={setAddTags}
        maxTags={32}
        data-autofocus
      />
      <TagsInput
        label="Remove tags"
        data={[...new Set(runs.flatMap((run) => run.tags))].sort()}
        value={removeTags}
        onChange={setRemoveTags}
        maxTags={32}
      />
      <NativeSelect
        label="Quality"
        value={judged}
        onChange={(event) => setJudged(event.currentTarget.value)}
        data={[{ value: '', label: 'Leave as it is' }, ...qualityChoices]}
      />
      <Textarea
        label="Comment"
        description={
          commented === 0
            ? 'Empty: leave as it is'
            : `Empty: leave as it is. Replaces the comment of ${runCount(commented)}`
        }
        value={comment}
        maxLength={4000}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function wordsOf({ addTags, removeTags, quality: judged, comment }: BulkChange): string {
  return [
    ...(addTags === undefined ? [] : [`added ${addTags.join(', ')}`]),
    ...(removeTags === undefined ? [] : [`removed ${removeTags.join(', ')}`]),
    ...(judged === undefined
      ? []
      : [`quality ${qualityChoices.find((one) => one.value === judged)?.label.toLowerCase() ?? judged}`]),
    ...(comment === undefined ? [] : ['comment set']),
  ].join('; ');
}
