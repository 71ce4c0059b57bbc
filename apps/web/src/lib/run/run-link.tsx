import Link from 'next/link';
import type { ReactNode } from 'react';

/** Address of a run. */
export function runPath(detector: string, run: number): string {
  return `/runs/${encodeURIComponent(detector)}/${run}`;
}

/** `demo 12` as a link to the run. */
export function RunLink({
  detector,
  run,
  short = false,
}: {
  readonly detector: string;
  readonly run: number;
  /** Only the number. */
  readonly short?: boolean;
}): ReactNode {
  return (
    <Link className="link mono" href={runPath(detector, run)} prefetch={false}>
      {short ? run : `${detector} ${run}`}
    </Link>
  );
}
