'use client';

import type { ProblemIssue, RecordingSummary } from '@countroom/contracts';
import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { JsonEditor } from '../../lib/form/json-editor';
import type { Json } from '../../lib/form/schema-node';
import { GroupField } from './group-field';
import classes from './import.module.css';
import {
  channelLayout,
  type Group,
  groupsOf,
  issuesOfGroup,
  type Layout,
  newGroup,
  specOf,
} from './out-spec-edit';

/** Which rows of a recording go to which table: groups in a form, or the same as JSON. */
export function OutSpecBuilder({
  summary,
  layout,
  spec,
  issues,
  onLayout,
  onSpec,
}: {
  readonly summary: RecordingSummary;
  readonly layout: Layout;
  /** Null for the default layout. */
  readonly spec: Json;
  readonly issues: readonly ProblemIssue[];
  readonly onLayout: (layout: Layout, spec: Json) => void;
  readonly onSpec: (spec: Json) => void;
}): ReactNode {
  const groups = groupsOf(spec);
  const replace = (index: number, group: Group | null): void =>
    onSpec(specOf(groups.flatMap((each, at) => (at === index ? (group ?? []) : each))));
  return (
    <div>
      <SegmentedControl
        aria-label="Layout"
        value={layout}
        onChange={(next) => {
          if (next === 'default') onLayout('default', null);
          else if (next === 'channels') onLayout('channels', channelLayout(summary));
          else onLayout('own', spec ?? specOf([newGroup(summary, [])]));
        }}
        data={[
          { value: 'default', label: 'By decoder' },
          { value: 'channels', label: 'By channel' },
          { value: 'own', label: 'Own groups' },
        ]}
        style={{ marginBottom: 8, maxWidth: '100%' }}
      />
      {layout === 'default' ? (
        <p className="dim">One table for each decoder and key list, named after it.</p>
      ) : (
        <>
          {groups.map((group, index) => (
            <GroupField
              key={`${index} ${group.decoder} ${group.name}`}
              group={group}
              summary={summary}
              issues={issuesOfGroup(issues, group)}
              onChange={(changed) => replace(index, changed)}
              onRemove={() => replace(index, null)}
            />
          ))}
          <div className={classes['actions']}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onSpec(specOf([...groups, newGroup(summary, groups)]))}
            >
              Add group
            </Button>
            {groups.length === 0 ? <span className="dim">Without a group nothing is written.</span> : null}
          </div>
          <details className={classes['fold']}>
            <summary>The output specification as JSON</summary>
            <JsonEditor label="Output specification" value={spec} readOnly={false} onChange={onSpec} />
          </details>
        </>
      )}
    </div>
  );
}
