import type { ReactNode } from 'react';
import { StatusMark } from '../../lib/ui/status-mark';
import { type Integrity, verdict } from './integrity';

/** Whether decoding found anything wrong. */
export function IntegrityMark({ integrity }: { readonly integrity: Integrity | null }): ReactNode {
  if (integrity === null) return <span className="dim">–</span>;
  return <StatusMark mark={integrity.clean ? 'ok' : 'warning'}>{verdict(integrity)}</StatusMark>;
}
