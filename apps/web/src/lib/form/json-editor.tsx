'use client';

import { Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './schema-form.module.css';
import type { Json } from './schema-node';
import { writtenJson } from './written-json';

/** Text that is being written, and the value that it stands for, or was begun at while it cannot be read. */
interface Draft {
  readonly text: string;
  readonly fault: string;
  readonly of: Json;
}

function isEqual(one: Json, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A value as JSON text; changes are handed on as soon as the text can be read. */
export function JsonEditor({
  label,
  value,
  onChange,
  readOnly,
  error,
}: {
  readonly label: string;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  readonly readOnly: boolean;
  readonly error?: string | undefined;
}): ReactNode {
  const [kept, setDraft] = useState<Draft | null>(null);
  // What was changed elsewhere meanwhile counts more than what was being written here.
  const draft = kept !== null && isEqual(kept.of, value) ? kept : null;
  const text = draft?.text ?? JSON.stringify(value, null, 2);
  return (
    <Textarea
      className={classes['wide']}
      label={label}
      description={readOnly ? undefined : 'JSON; Tab leaves the field'}
      value={text}
      error={draft !== null && draft.fault !== '' ? draft.fault : error}
      readOnly={readOnly}
      autosize
      minRows={4}
      maxRows={32}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      onChange={(event) => {
        const written = event.currentTarget.value;
        const read = writtenJson(written);
        if ('fault' in read) {
          setDraft({ text: written, fault: read.fault, of: value });
          return;
        }
        setDraft({ text: written, fault: '', of: read.value });
        onChange(read.value);
      }}
      onBlur={() => setDraft((written) => (written?.fault === '' ? null : written))}
    />
  );
}
