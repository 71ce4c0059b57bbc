'use client';

import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { limitsText, parseLimits } from './quantity';

type Range = readonly [number, number];

/** Both ends of an axis, with units when the reader likes; taken on Enter or when the field is left. */
export function LimitsField({
  label,
  range,
  unit,
  onRange,
}: {
  readonly label: string;
  readonly range: Range | null;
  readonly unit: string;
  readonly onRange: (range: Range | null) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const settle = (): void => {
    if (draft === null) return;
    const limits = parseLimits(draft, unit);
    if (typeof limits === 'string') {
      setFault(limits);
      return;
    }
    setFault(null);
    setDraft(null);
    onRange(limits);
  };
  return (
    <TextInput
      label={label}
      placeholder={`from, to${unit === '' || unit === 'sample' ? '' : `: 0, 20*${unit}`}`}
      value={draft ?? limitsText(range, unit)}
      error={fault}
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
