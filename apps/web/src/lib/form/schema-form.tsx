'use client';

import type { ProblemIssue } from '@countroom/contracts';
import { SegmentedControl, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { IssueList } from '../ui/issue-list';
import { JsonEditor } from './json-editor';
import { SchemaField } from './schema-field';
import type { Json, Schema } from './schema-node';

export interface SchemaFormProps {
  readonly schema: Schema;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  /** Faults found by the server or by `issuesOf`; shown on top and beside their fields. */
  readonly issues?: readonly ProblemIssue[];
  readonly readOnly?: boolean;
  /** Name of the whole for those who cannot see it. */
  readonly label: string;
}

/** A form made from a JSON Schema; the same value can be written as JSON. */
export function SchemaForm(props: SchemaFormProps): ReactNode {
  const [view, setView] = useState<'form' | 'json'>('form');
  const issues = props.issues ?? [];
  return (
    <Stack gap="sm" role="group" aria-label={props.label}>
      <SegmentedControl
        aria-label="How to edit"
        value={view}
        onChange={(next) => setView(next === 'json' ? 'json' : 'form')}
        data={[
          { value: 'form', label: 'Form' },
          { value: 'json', label: 'JSON' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <IssueList issues={issues} />
      {view === 'json' ? (
        <JsonEditor
          label={props.label}
          value={props.value}
          onChange={props.onChange}
          readOnly={props.readOnly ?? false}
        />
      ) : (
        <SchemaField
          schema={props.schema}
          root={props.schema}
          name=""
          path=""
          value={props.value}
          onChange={(value) => {
            if (value !== undefined) props.onChange(value);
          }}
          issues={issues}
          readOnly={props.readOnly ?? false}
          required
        />
      )}
    </Stack>
  );
}
