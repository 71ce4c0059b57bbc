'use client';

import { useComputedColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { among } from '../../lib/format/numbers';
import { tokensOf } from '../../lib/theme/tokens';
import { isLogarithmic } from './heat-option';
import classes from './heat-table.module.css';

/** The colours of a figure from the worst to the best, and how the best and the failed points are marked. */
export function HeatScale({
  label,
  values,
  best,
  faults,
}: {
  readonly label: string;
  readonly values: readonly number[];
  /** Where the best is, in words; null without one. */
  readonly best: string | null;
  /** Points without a figure. */
  readonly faults: number;
}): ReactNode {
  const { heat } = tokensOf(useComputedColorScheme('light'));
  const ends = [Math.min(...values), Math.max(...values)] as const;
  return (
    <p className={classes['scale']}>
      {values.length === 0 ? null : (
        <>
          <span className="num">{among(ends[1], ends)}</span>
          <span
            className={classes['ramp']}
            style={{ background: `linear-gradient(90deg, ${heat.join(', ')})` }}
            aria-hidden
          />
          <span className="num">{among(ends[0], ends)}</span>
        </>
      )}
      <span className="dim">
        {label}
        {values.length > 0 && isLogarithmic(ends) ? ', colours by ratio' : ''}
        {best === null ? '' : `; the best, framed, at ${best}`}
        {faults === 0 ? '' : `; × no figure (${faults})`}
      </span>
    </p>
  );
}
