'use client';

import { NumberInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './data.module.css';

type Range = readonly [number, number];

/** From and to of an axis; taken on Enter or when the field is left, so that half-written numbers ask for nothing. */
export function RangeFields({
  range,
  full,
  onRange,
}: {
  readonly range: Range | null;
  /** What is shown without a range. */
  readonly full: Range | null;
  readonly onRange: (range: Range) => void;
}): ReactNode {
  const [low, setLow] = useState<number | string | null>(null);
  const [high, setHigh] = useState<number | string | null>(null);
  const shown = range ?? full;
  const from = low ?? shown?.[0] ?? '';
  const to = high ?? shown?.[1] ?? '';
  const valid = from !== '' && to !== '' && Number(from) < Number(to);
  const settle = (): void => {
    if ((low === null && high === null) || !valid) return;
    setLow(null);
    setHigh(null);
    onRange([Number(from), Number(to)]);
  };
  const common = {
    className: classes['number'],
    hideControls: true,
    onBlur: settle,
    onKeyDown: (event: { readonly key: string }) => {
      if (event.key === 'Enter') settle();
    },
  };
  return (
    <>
      <NumberInput label="From" {...common} value={rounded(from)} onChange={setLow} />
      <NumberInput
        label="To"
        {...common}
        value={rounded(to)}
        error={valid || shown === null ? undefined : 'above From'}
        onChange={setHigh}
      />
    </>
  );
}

function rounded(value: number | string): number | string {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}
