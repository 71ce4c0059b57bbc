import { endpoints, type RunCommandName, type SessionInfo } from '@countroom/contracts';
import { useRouter } from 'next/navigation';
import { permissionOf } from '../../lib/api/permissions';
import { useCommand } from '../../lib/api/use-command';
import { useServerNow } from '../../lib/live/live-provider';
import { ageOf } from '../../lib/live/staleness';
import { useStatuses } from '../../lib/live/status-provider';
import { commandReason } from './command-reason';
import { newKey } from './use-run-command';

/** Something to do now, found by name. */
export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

const labels: Readonly<Partial<Record<RunCommandName, string>>> = {
  start: 'Start run',
  pause: 'Pause run',
  resume: 'Resume run',
  end: 'End run',
};

/** The run commands that the person may give now, over all detectors. */
export function usePaletteCommands(session: SessionInfo): readonly PaletteCommand[] {
  const { list } = useStatuses();
  const now = useServerNow();
  const router = useRouter();
  const send = useCommand(endpoints.detectors.command);
  const take = useCommand(endpoints.detectors.takeBaton);
  return list.flatMap(({ detector, status, statusAtMs }) => {
    const permission = permissionOf(session, 'shifter', detector.name);
    const stale = ageOf(statusAtMs, now, 1000).stale;
    const show = (): void => router.push(`/control-room?detector=${detector.name}`);
    if (status === null || !permission.allowed) return [];
    const situation = { status, stale, permission, me: session.user?.id ?? null };
    const commands = (Object.keys(labels) as RunCommandName[])
      .filter((command) => commandReason(command, situation) === null)
      .map((command) => ({
        id: `${command} ${detector.name}`,
        label: `${labels[command] ?? command} on ${detector.name}`,
        run: () => {
          show();
          send.mutate({
            params: { detector: detector.name },
            body: { command, idempotencyKey: newKey(), expectedVersion: status.goal.version },
          });
        },
      }));
    const baton =
      status.baton.holder === null
        ? [
            {
              id: `baton ${detector.name}`,
              label: `Take baton of ${detector.name}`,
              run: () => {
                show();
                take.mutate({ params: { detector: detector.name }, body: {} });
              },
            },
          ]
        : [];
    return [...commands, ...baton];
  });
}
