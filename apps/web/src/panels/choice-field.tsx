import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './panels.module.css';

/** One of some words, with its label in front; nothing where there is nothing to choose. */
export function ChoiceField({
  label,
  value,
  words,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  /** Value → what it is called. */
  readonly words: Readonly<Record<string, string>>;
  readonly onChange: (value: string) => void;
}): ReactNode {
  if (Object.keys(words).length === 0) return null;
  return (
    <label className={classes['field']}>
      {label}
      <NativeSelect
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={Object.entries(words).map(([word, text]) => ({ value: word, label: text }))}
      />
    </label>
  );
}
