'use client';

import { endpoints, quality, type RunSummary } from '@countroom/contracts';
import { Button, Group, Modal, NativeSelect, Stack, TagsInput, Textarea } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { processPath } from '../process/process-path';
import { type BulkChange, runCount } from './bulk-change';
import { qualityChoices } from './run-words';
import classes from './runs.module.css';
import { useBulk } from './use-bulk';

/** What can be done with the selected runs, with their count. */
export function BulkActions({ runs }: { readonly runs: readonly RunSummary[] }): ReactNode {
  const router = useRouter();
  const permission = usePermission('shifter');
  const bulk = useBulk();
  const [opened, setOpened] = useState(false);
  const count = runCount(runs.length);
  if (runs.length === 0) {
    return <span className="dim">Select runs (x) to tag, judge or process several at once.</span>;
  }
  const reason = permission.allowed ? null : permission.reason;
  return (
    <div className={classes['bulk']}>
      <ActionButton
        variant="default"
        reason={reason}
        loading={bulk.busy}
        onClick={() => setOpened(true)}
      >{`Change ${count}`}</ActionButton>
      <ActionButton
        variant="default"
        reason={reason}
        quiet
        onClick={() => router.push(processPath(runs))}
      >{`Process ${count}`}</ActionButton>
      <BulkDialog
        key={String(opened)}
        opened={opened}
        runs={runs}
        onClose={() => setOpened(false)}
        onChange={(change, done) => {
          setOpened(false);
          bulk.change(runs, change, done);
        }}
      />
    </div>
  );
}

function BulkDialog({
  opened,
  runs,
  onClose,
  onChange,
}: {
  readonly opened: boolean;
  readonly runs: readonly RunSummary[];
  readonly onClose: () => void;
  readonly onChange: (change: BulkChange, done: string) => void;
}): ReactNode {
  const tags = useApi(endpoints.runs.tags, {}, { enabled: opened });
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
    <Modal opened={opened} onClose={onClose} title={`Change ${runCount(runs.length)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!nothing) onChange(change, wordsOf(change));
        }}
      >
        <Stack gap="sm">
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <ActionButton
              type="submit"
              reason={nothing ? 'Nothing chosen to change yet.' : null}
              onClick={noop}
            >
              {`Change ${runCount(runs.length)}`}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

// The form's own submit does the work.
function noop(): void {
  return undefined;
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
