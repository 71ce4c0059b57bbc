'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { processPath, type RunName } from '../process/process-path';

/** The way to the form that runs a stored version, with the run of the preview. */
export function RunChain({
  runs,
  configuration,
  version,
  changed,
}: {
  readonly runs: readonly RunName[];
  readonly configuration: string;
  readonly version: number;
  readonly changed: boolean;
}): ReactNode {
  const path = `${processPath(runs)}&${new URLSearchParams({ configuration, version: String(version) }).toString()}`;
  return (
    <p style={{ margin: 0 }}>
      <Link className="link" href={path}>
        Run version {version} on runs …
      </Link>
      {changed ? (
        <span className="dim"> Save first, to run it with what you changed.</span>
      ) : (
        <span className="dim"> What would be computed is shown there before anything begins.</span>
      )}
    </p>
  );
}
