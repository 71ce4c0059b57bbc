import {
  type CommandInfo,
  type DetectorStatus,
  endpoints,
  type RunCommandBody,
  type RunCommandName,
} from '@countroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { useCommand } from '../../lib/api/use-command';

/** A key that makes a command take effect once, also where the page is not in a secure context. */
export function newKey(): string {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** True when nothing more will come of a command. */
export function isFinished(info: CommandInfo): boolean {
  const last = info.events.at(-1)?.kind;
  return last === 'completed' || last === 'failed' || last === 'refused';
}

/** Sends commands to a detector and follows the last one until its result. */
export interface RunCommands {
  readonly send: (
    command: RunCommandName,
    status: DetectorStatus,
    more?: Partial<Pick<RunCommandBody, 'run' | 'reason'>>,
  ) => void;
  readonly follow: (info: CommandInfo) => void;
  readonly current: CommandInfo | null;
  readonly error: unknown;
  readonly busy: boolean;
  readonly forget: () => void;
}

export function useRunCommand(detector: string): RunCommands {
  const api = useApiClient();
  const [sent, setSent] = useState<CommandInfo | null>(null);
  const command = useCommand(endpoints.detectors.command, {
    quiet: true,
    changes: [endpoints.detectors.statuses],
    done: setSent,
  });
  const followed = useQuery({
    queryKey: [endpoints.detectors.getCommand.id, detector, sent?.id],
    queryFn: ({ signal }) =>
      api.call(endpoints.detectors.getCommand, { params: { detector, id: sent?.id ?? '' }, signal }),
    enabled: sent !== null && !isFinished(sent),
    refetchInterval: (query) =>
      query.state.data !== undefined && isFinished(query.state.data) ? false : 400,
  });
  const current = sent === null ? null : (followed.data ?? sent);
  return {
    send: (name, status, more) => {
      setSent(null);
      command.mutate({
        params: { detector },
        body: {
          command: name,
          idempotencyKey: newKey(),
          expectedVersion: status.goal.version,
          ...more,
        },
      });
    },
    follow: setSent,
    current,
    error: command.error,
    busy: command.isPending || (current !== null && !isFinished(current)),
    forget: () => {
      setSent(null);
      command.reset();
    },
  };
}
