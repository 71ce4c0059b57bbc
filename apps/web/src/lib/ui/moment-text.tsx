import type { ReactNode } from 'react';
import { local, utc, utcTime } from '../format/time';

/** A moment in UTC; the reader's own time on hover. */
export function MomentText({
  at,
  timeOnly = false,
}: {
  readonly at: string | null;
  readonly timeOnly?: boolean;
}): ReactNode {
  if (at === null) return <span className="dim">–</span>;
  return (
    <time dateTime={at} title={`${local(at)} (your time)`}>
      {timeOnly ? utcTime(at) : utc(at)}
    </time>
  );
}
