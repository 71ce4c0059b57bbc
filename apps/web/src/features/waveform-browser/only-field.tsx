'use client';

import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { numbersText, parseNumbers } from '../../lib/format/number-list';
import { replaceUrl } from '../../lib/url/url-state';
import { mostNamed } from './browser-address';

/** Rows that are named one by one; taken on Enter or when the field is left. */
export function OnlyField({ only }: { readonly only: readonly number[] }): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const settle = (): void => {
    if (draft === null) return;
    const numbers = parseNumbers(draft, mostNamed);
    if (typeof numbers === 'string') {
      setFault(numbers);
      return;
    }
    setFault(null);
    setDraft(null);
    const text = numbersText(numbers);
    replaceUrl({ only: text === '' ? null : text, place: null, row: null });
  };
  return (
    <TextInput
      label="Only rows"
      placeholder="3, 7, 12-15"
      value={draft ?? numbersText(only)}
      error={fault}
      autoComplete="off"
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
