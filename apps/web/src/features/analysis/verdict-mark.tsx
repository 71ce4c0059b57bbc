import type { Verdict } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';

const marks: Readonly<Record<Verdict, Mark>> = { good: 'ok', doubtful: 'warning', failed: 'alarm' };

/** What an analysis thinks of its result. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }): ReactNode {
  return <StatusMark mark={marks[verdict]}>{verdict}</StatusMark>;
}
