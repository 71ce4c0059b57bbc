'use client';

import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '../data/data.module.css';

/** Places along the axes that are not shown. */
export function AxisFields({
  shape,
  indices,
  onChange,
}: {
  readonly shape: readonly number[];
  readonly indices: readonly number[];
  readonly onChange: (indices: readonly number[]) => void;
}): ReactNode {
  return indices.map((index, axis) => (
    <NumberInput
      // An axis has no other name than its number.
      key={axis}
      label={`Axis ${axis + 1} of ${shape.length}`}
      description={`0 to ${(shape[axis] ?? 1) - 1}`}
      className={classes['number']}
      min={0}
      max={(shape[axis] ?? 1) - 1}
      allowDecimal={false}
      value={index}
      onChange={(value) => {
        if (value !== '') onChange(indices.map((each, at) => (at === axis ? Number(value) : each)));
      }}
    />
  ));
}
