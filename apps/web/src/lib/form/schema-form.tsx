'use client';

import type { ProblemIssue } from '@countroom/contracts';
import { SegmentedControl, Stack } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { IssueList } from '../ui/issue-list';
import { JsonEditor } from './json-editor';
import { placeName } from './place-name';
import { SchemaField } from './schema-field';
import classes from './schema-form.module.css';
import type { Json, Schema } from './schema-node';

export interface SchemaFormProps {
  readonly schema: Schema;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  /** Faults found by the server or by `issuesOf`; shown on top and beside their fields. */
  readonly issues?: readonly ProblemIssue[];
  /** What is worth knowing of fields, by their paths; stands with their help. */
  readonly notes?: ReadonlyMap<string, string>;
  readonly readOnly?: boolean;
  /** Name of the whole for those who cannot see it. */
  readonly label: string;
}

type View = 'form' | 'json' | 'both';
const views: readonly { readonly value: View; readonly label: string }[] = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
  { value: 'both', label: 'Both' },
];
const noNotes: ReadonlyMap<string, string> = new Map();

/** A form made from a JSON Schema; the same value can be written as JSON. */
export function SchemaForm(props: SchemaFormProps): ReactNode {
  const [view, setView] = useState<View>('form');
  const issues = props.issues ?? [];
  const fields = useRef<HTMLDivElement | null>(null);
  const named = issues.map((issue) => ({ ...issue, name: placeName(props.schema, props.value, issue.path) }));
  const goTo = (path: string): void => focusField(fields.current, path);
  return (
    <Stack gap="sm" role="group" aria-label={props.label}>
      <SegmentedControl
        aria-label="How to edit"
        value={view}
        onChange={(next) => setView(views.find(({ value }) => value === next)?.value ?? 'form')}
        data={[...views]}
        style={{ alignSelf: 'flex-start' }}
      />
      <IssueList issues={named} {...(view === 'json' ? {} : { onGo: goTo })} />
      <div ref={fields} className={view === 'both' ? classes['both'] : undefined}>
        {view === 'json' ? null : (
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
            notes={props.notes ?? noNotes}
            readOnly={props.readOnly ?? false}
            required
          />
        )}
        {view === 'form' ? null : (
          <JsonEditor
            label={view === 'both' ? `${props.label} as JSON` : props.label}
            value={props.value}
            onChange={props.onChange}
            readOnly={props.readOnly ?? false}
          />
        )}
      </div>
    </Stack>
  );
}

/** Leads to the field of a place, or to the group that it would stand in. */
function focusField(fields: HTMLElement | null, path: string): void {
  for (let place = path; place !== ''; place = place.slice(0, Math.max(0, place.lastIndexOf('.')))) {
    const field = fields?.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`);
    if (field === null || field === undefined) continue;
    field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
    return;
  }
}
