'use client';

import type { ProblemIssue, RecordingSummary } from '@countroom/contracts';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { IssueList } from '../../lib/ui/issue-list';
import { GroupSteps } from './group-steps';
import classes from './import.module.css';
import { type Group, keysOf, keysText, withField } from './out-spec-edit';

/** One group of an output specification: which rows go where, and what is done to them before. */
export function GroupField({
  group,
  summary,
  issues,
  onChange,
  onRemove,
}: {
  readonly group: Group;
  readonly summary: RecordingSummary;
  /** With places within the group. */
  readonly issues: readonly ProblemIssue[];
  readonly onChange: (group: Group) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const decoders = [...new Set(summary.streams.map(({ decoder }) => decoder)), '*'];
  const own = new Set(['key_list', 'out_name', 'out_stream']);
  const elsewhere = issues.filter(({ path }) => !own.has(path.split('.')[0] ?? ''));
  const { content } = group;
  const isSkipped = content['out_stream'] === '';
  return (
    <fieldset className={classes['group']}>
      <legend className="mono">
        {group.decoder} → {group.name === '' ? '(no name)' : group.name}
      </legend>
      <IssueList issues={elsewhere} title="In this group:" />
      <div className={classes['fields']}>
        <NativeSelect
          label="Decoder"
          description="* for all that have no group"
          value={group.decoder}
          data={[...decoders, ...(decoders.includes(group.decoder) ? [] : [group.decoder])]}
          onChange={(event) => onChange({ ...group, decoder: event.currentTarget.value })}
        />
        <LineField
          label="Group name"
          description="With {key} one table per key: ch{key:07d}"
          value={group.name}
          onChange={(name) => onChange({ ...group, name })}
        />
        <LineField
          label="Keys"
          description="1-5, 9, fcid_*; * for all others"
          value={keysText(content['key_list'])}
          issues={issuesAt(issues, 'key_list')}
          onChange={(text) => onChange(withField(group, 'key_list', keysOf(text)))}
        />
        <LineField
          label="Table"
          description="Path in the file; empty for {name}"
          value={textOf(content['out_name'])}
          issues={issuesAt(issues, 'out_name')}
          onChange={(text) => onChange(withField(group, 'out_name', text === '' ? undefined : text))}
        />
        <NativeSelect
          label="Rows are"
          value={isSkipped ? 'skipped' : 'written'}
          data={[
            { value: 'written', label: 'written' },
            { value: 'skipped', label: 'counted, not written' },
          ]}
          onChange={(event) =>
            onChange(withField(group, 'out_stream', event.currentTarget.value === 'skipped' ? '' : undefined))
          }
        />
      </div>
      <GroupSteps group={group} summary={summary} onChange={onChange} />
      <div className={classes['actions']}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={onRemove}
          aria-label={`Remove group ${group.name}`}
        >
          Remove group
        </Button>
      </div>
    </fieldset>
  );
}

/** A line that is taken when it is left or on Enter, so that half a name asks for nothing. */
export function LineField({
  label,
  description,
  value,
  issues = [],
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly issues?: readonly string[];
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const settle = (): void => {
    if (draft !== null && draft !== value) onChange(draft);
    setDraft(null);
  };
  return (
    <TextInput
      label={label}
      description={description}
      value={draft ?? value}
      error={issues.length === 0 ? undefined : issues.join('; ')}
      spellCheck={false}
      autoComplete="off"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}

function issuesAt(issues: readonly ProblemIssue[], field: string): readonly string[] {
  return issues.filter(({ path }) => path.split('.')[0] === field).map(({ message }) => message);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
