'use client';

import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

const quietMs = 300;

interface FilterTextProps {
  /** Shown above; without one give an aria-label. */
  readonly label?: string;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A text to filter by: handed on when typing pauses, on Enter and on leaving. */
export function FilterText({ value, onChange, ...input }: FilterTextProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const later = useDebouncedCallback((text: string) => onChange(text), quietMs);
  const settle = (): void => {
    later.cancel();
    if (draft !== null && draft !== value) onChange(draft);
    setDraft(null);
  };
  return (
    <TextInput
      {...input}
      value={draft ?? value}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
      onBlur={settle}
    />
  );
}
