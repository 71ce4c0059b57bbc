import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';

/** Grey lines in the shape of what is coming. */
export function LoadingState({
  lines = 4,
  height = 20,
  label = 'Loading',
}: {
  readonly lines?: number;
  readonly height?: number;
  readonly label?: string;
}): ReactNode {
  return (
    <div role="status" aria-busy="true">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} mb={8} width={`${100 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  );
}
