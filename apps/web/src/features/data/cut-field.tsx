'use client';

import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { cutFault } from './cut-fault';
import classes from './data.module.css';

/** An expression over columns; taken on Enter or when the field is left. What is wrong with it is shown at its place. */
export function CutField({
  cut,
  onCut,
  error,
  columns,
  placeholder = 'energy > 500',
}: {
  readonly cut: string;
  readonly onCut: (cut: string) => void;
  /** Of the answer that used the cut. */
  readonly error: unknown;
  /** Names that can stand in it. */
  readonly columns: readonly string[];
  readonly placeholder?: string;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? cut;
  const fault = draft === null || draft === cut ? cutFault(error) : null;
  const settle = (): void => {
    setDraft(null);
    if (text.trim() !== cut) onCut(text.trim());
  };
  return (
    <div className={classes['cut']}>
      <TextInput
        label="Cut"
        className={classes['cutText']}
        description={columns.length === 0 ? undefined : `Of ${someOf(columns)}`}
        placeholder={placeholder}
        value={text}
        error={fault === null ? undefined : fault.reason}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
      {cut === '' ? null : (
        <Button
          variant="default"
          onClick={() => {
            setDraft(null);
            onCut('');
          }}
        >
          No cut
        </Button>
      )}
      {fault === null ? null : (
        <pre className={classes['fault']} aria-label={`At character ${fault.position + 1}`}>
          {`${text}\n${' '.repeat(Math.min(fault.position, text.length))}^`}
        </pre>
      )}
    </div>
  );
}

const mostNamed = 8;

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more columns` : shown;
}
