import { sourceCommandReason } from '../features/run-control/command-reason';
import { usePermission, useSession } from '../lib/api/use-session';
import { useStatuses } from '../lib/live/status-provider';
import { useTopicAge } from '../lib/live/use-live';

/** Why the person at this page cannot ask anything of a detector's sources now; null when they can. */
export function useSourceReason(detector: string, busy: boolean): string | null {
  const live = useStatuses().list.find((each) => each.detector.name === detector);
  const age = useTopicAge('detector.status', live?.statusAtMs ?? null);
  const permission = usePermission('shifter', detector);
  const me = useSession().data?.user?.id ?? null;
  if (busy) return 'A command is under way.';
  return sourceCommandReason({ status: live?.status ?? null, stale: age.stale, permission, me });
}
