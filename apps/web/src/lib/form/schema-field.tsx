'use client';

import type { Language, ProblemIssue } from '@countroom/contracts';
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { fieldHelp } from '../language/field-help';
import { useLanguage } from '../language/language';
import { JsonEditor } from './json-editor';
import { ListField, ObjectField, RecordField, UnionField } from './schema-groups';
import { type Json, type Schema, schemaNode } from './schema-node';
import { labelOf } from './schema-values';

export interface FieldProps {
  /** An object without a frame of its own: it stands in that of the choice between forms. */
  readonly bare?: boolean;
  readonly schema: Schema;
  readonly root: Schema;
  /** Key of the property, from which a label is made when the schema has none. */
  readonly name: string;
  /** Where in the whole value, with dots. */
  readonly path: string;
  readonly value: Json | undefined;
  /** undefined: leave the property out. */
  readonly onChange: (value: Json | undefined) => void;
  readonly issues: readonly ProblemIssue[];
  /** What is worth knowing of fields, by their paths. */
  readonly notes: ReadonlyMap<string, string>;
  readonly readOnly: boolean;
  readonly required: boolean;
}

/** The field or group of fields for one part of a schema. */
export function SchemaField(props: FieldProps): ReactNode {
  const { language } = useLanguage();
  const node = schemaNode(props.schema, props.root, props.name);
  const error = props.issues.find((issue) => issue.path === props.path)?.message;
  const common = {
    label: labelOf(node) || 'Value',
    description: helpWith(fieldHelp(node, language), language, props.notes.get(props.path)),
    error,
    'data-place': props.path,
    withAsterisk: props.required && node.defaultValue === undefined && props.path !== '',
  };
  switch (node.kind) {
    case 'text':
      return (
        <TextInput
          {...common}
          readOnly={props.readOnly}
          value={typeof props.value === 'string' ? props.value : ''}
          placeholder={typeof node.defaultValue === 'string' ? node.defaultValue : undefined}
          {...(node.maxLength === null ? {} : { maxLength: node.maxLength })}
          onChange={(event) => {
            const text = event.currentTarget.value;
            props.onChange(text === '' && !props.required ? (node.nullable ? null : undefined) : text);
          }}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          readOnly={props.readOnly}
          value={typeof props.value === 'number' ? props.value : ''}
          placeholder={typeof node.defaultValue === 'number' ? String(node.defaultValue) : undefined}
          allowDecimal={!node.integer}
          hideControls
          onChange={(value) => {
            const number = typeof value === 'number' ? value : Number(value);
            if (value === '' || Number.isNaN(number)) props.onChange(node.nullable ? null : undefined);
            else props.onChange(number);
          }}
        />
      );
    case 'flag':
      return (
        <Switch
          {...common}
          disabled={props.readOnly}
          checked={(props.value ?? node.defaultValue) === true}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
      );
    case 'choice': {
      const unset = !props.required || node.nullable;
      const current = props.value ?? node.defaultValue;
      return (
        <NativeSelect
          {...common}
          disabled={props.readOnly}
          value={current === undefined || current === null ? '' : JSON.stringify(current)}
          data={[
            ...(unset || current === undefined ? [{ value: '', label: '(not set)' }] : []),
            ...node.choices.map((choice) => ({
              value: JSON.stringify(choice),
              label: typeof choice === 'string' ? choice : JSON.stringify(choice),
            })),
          ]}
          onChange={(event) => {
            const text = event.currentTarget.value;
            props.onChange(text === '' ? (node.nullable ? null : undefined) : (JSON.parse(text) as Json));
          }}
        />
      );
    }
    case 'object':
      return <ObjectField {...props} node={node} />;
    case 'record':
      return <RecordField {...props} node={node} />;
    case 'list':
      return <ListField {...props} node={node} />;
    case 'union':
      return <UnionField {...props} node={node} />;
    case 'json':
      return (
        <JsonEditor
          label={common.label}
          value={props.value ?? node.defaultValue ?? {}}
          onChange={props.onChange}
          readOnly={props.readOnly}
          error={error}
        />
      );
  }
}

/** Help of a field, and behind it what is known of what was written there. */
function helpWith(help: string, language: Language, note: string | undefined): ReactNode {
  const words = help === '' ? undefined : <span lang={language}>{help}</span>;
  if (note === undefined) return words;
  return (
    <>
      {words}
      {help === '' ? null : '; '}
      <strong>{note}</strong>
    </>
  );
}
