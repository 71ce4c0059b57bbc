'use client';

import type { ReactNode } from 'react';
import { ErrorState } from '../../lib/states/error-state';

export default function PageError({
  error,
  reset,
}: {
  readonly error: Error;
  readonly reset: () => void;
}): ReactNode {
  return (
    <div style={{ padding: 16 }}>
      <title>Fault · Countroom</title>
      <h1>Fault in this page</h1>
      <ErrorState error={error} retry={reset} />
    </div>
  );
}
