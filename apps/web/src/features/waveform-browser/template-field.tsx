'use client';

import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** A text with columns in braces; taken on Enter or when the field is left. */
export function TemplateField({
  value,
  fault,
  onChange,
}: {
  readonly value: string;
  readonly fault: string | null;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const settle = (): void => {
    setDraft(null);
    if (draft !== null && draft !== value) onChange(draft);
  };
  return (
    <TextInput
      label="Text of the legend"
      description="Columns in braces, with a format: {trapEmax:.1f}; {row} and {table} too"
      placeholder="{trapEmax:.1f} ADC"
      value={draft ?? value}
      error={draft === null ? fault : null}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
