import type { DetectorStatus, RunCommandName } from '@countroom/contracts';
import type { Permission } from '../../lib/api/permissions';

/** What decides whether a command may be sent from this page now. */
export interface CommandSituation {
  readonly status: DetectorStatus | null;
  readonly stale: boolean;
  readonly permission: Permission;
  /** Id of the person at this page; null while sign-in is off. */
  readonly me: string | null;
}

/** Whether the person at this page holds the baton. Broadcasts say only who holds it. */
export function holdsBaton(status: DetectorStatus, me: string | null): boolean {
  return status.baton.mine || (status.baton.holder !== null && status.baton.holder.id === me);
}

/** Commands that take a free baton by themselves. */
const takesBaton: readonly RunCommandName[] = ['start', 'prepare'];

/** Why a command cannot be sent now and what would help; null when it can. */
export function commandReason(command: RunCommandName, situation: CommandSituation): string | null {
  const blind = blindReason(situation);
  if (blind !== null) return blind;
  const entry = situation.status?.commands.find((each) => each.command === command);
  if (entry?.allowed === false) return entry.reason;
  return batonReason(situation, takesBaton.includes(command));
}

/** Why nothing can be asked of the detector's sources now and what would help; null when something can. */
export function sourceCommandReason(situation: CommandSituation): string | null {
  return blindReason(situation) ?? batonReason(situation, false);
}

function blindReason({ permission, status, stale }: CommandSituation): string | null {
  if (!permission.allowed) return permission.reason;
  if (status === null) return 'The state of the detector is not known yet.';
  return stale ? 'The state shown is old. It has to come in again first.' : null;
}

function batonReason({ status, me }: CommandSituation, takesFree: boolean): string | null {
  if (status === null || holdsBaton(status, me)) return null;
  const { holder } = status.baton;
  if (holder !== null) return `${holder.name} has the baton. Ask for it, or take it over.`;
  return takesFree ? null : 'Take the baton first.';
}
