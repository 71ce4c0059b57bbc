'use client';

import { endpoints, type RunRequest } from '@countroom/contracts';
import { NativeSelect, NumberInput, TagsInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import classes from './run-control.module.css';

/** What a person has filled in for the next run. */
export interface RunDraft {
  readonly mode: string;
  readonly tags: readonly string[];
  readonly comment: string;
  readonly events: number | null;
  readonly seconds: number | null;
}

/** Good for a run that is ended by hand. */
export const emptyRun: RunDraft = { mode: '', tags: [], comment: '', events: null, seconds: null };

/** The draft as the server takes it: what was left empty is left out. */
export function runRequestOf(draft: RunDraft): RunRequest {
  return {
    ...(draft.mode === '' ? {} : { mode: draft.mode }),
    tags: [...draft.tags],
    comment: draft.comment,
    limits: {
      ...(draft.events === null ? {} : { events: draft.events }),
      ...(draft.seconds === null ? {} : { seconds: draft.seconds }),
    },
  };
}

function summaryOf(draft: RunDraft): string {
  const parts = [
    draft.mode,
    draft.tags.join(' '),
    draft.events === null ? '' : `${draft.events} events`,
    draft.seconds === null ? '' : `${draft.seconds} s`,
    draft.comment,
  ].filter((text) => text !== '');
  return parts.length === 0 ? 'active configuration, no limits' : parts.join(', ');
}

/** What is said about the next run; all of it may be left as it is. */
export function RunForm({
  detector,
  draft,
  onChange,
}: {
  readonly detector: string;
  readonly draft: RunDraft;
  readonly onChange: (draft: RunDraft) => void;
}): ReactNode {
  const modes = useApi(endpoints.configurations.list, { query: { kind: 'detector', detector } });
  const tags = useApi(endpoints.runs.tags, {});
  const number = (value: string | number): number | null =>
    value === '' || !Number.isFinite(Number(value)) || Number(value) <= 0 ? null : Number(value);
  return (
    <details className={classes['form']}>
      <summary>
        Next run: <span className="dim">{summaryOf(draft)}</span>
      </summary>
      <div className={classes['fields']}>
        <NativeSelect
          label="Mode"
          description="Configuration to take data with"
          value={draft.mode}
          onChange={(event) => onChange({ ...draft, mode: event.currentTarget.value })}
          data={[
            { value: '', label: 'The active one' },
            // Configurations of no detector are for choosing one first.
            ...(modes.data ?? [])
              .filter((each) => each.detector !== null)
              .map((each) => ({ value: each.name, label: each.name })),
          ]}
        />
        <TagsInput
          label="Tags"
          description="Enter after each"
          value={[...draft.tags]}
          maxTags={32}
          data={(tags.data ?? []).map((each) => each.tag)}
          onChange={(next) => onChange({ ...draft, tags: next })}
        />
        <NumberInput
          label="Events"
          description="End after so many recorded events; empty: no limit"
          min={1}
          allowDecimal={false}
          thousandSeparator=" "
          hideControls
          value={draft.events ?? ''}
          onChange={(value) => onChange({ ...draft, events: number(value) })}
        />
        <NumberInput
          label="Seconds"
          description="End after so many seconds of data, pauses not counted; empty: no limit"
          min={0}
          hideControls
          value={draft.seconds ?? ''}
          onChange={(value) => onChange({ ...draft, seconds: number(value) })}
        />
        <Textarea
          label="Comment"
          className={classes['comment'] ?? ''}
          autosize
          minRows={2}
          maxLength={4000}
          value={draft.comment}
          onChange={(event) => onChange({ ...draft, comment: event.currentTarget.value })}
        />
      </div>
    </details>
  );
}
