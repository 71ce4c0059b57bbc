import { type CommandInfo, endpoints } from '@countroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { useCommand } from '../../lib/api/use-command';
import type { Json } from '../../lib/form/schema-node';
import { isFinished, newKey } from './use-run-command';

/** Sends commands to a source of a detector and follows the last one until its result. */
export interface SourceCommands {
  readonly send: (source: string, name: string, params: Readonly<Record<string, Json>>) => void;
  readonly current: CommandInfo | null;
  readonly error: unknown;
  readonly busy: boolean;
  readonly forget: () => void;
}

export function useSourceCommand(detector: string): SourceCommands {
  const api = useApiClient();
  const command = useCommand(endpoints.detectors.sourceCommand, { quiet: true });
  const sent = command.data;
  const followed = useQuery({
    queryKey: [endpoints.detectors.getCommand.id, detector, sent?.id],
    queryFn: ({ signal }) =>
      api.call(endpoints.detectors.getCommand, { params: { detector, id: sent?.id ?? '' }, signal }),
    enabled: sent !== undefined && !isFinished(sent),
    refetchInterval: (query) =>
      query.state.data !== undefined && isFinished(query.state.data) ? false : 400,
  });
  const current = sent === undefined ? null : (followed.data ?? sent);
  return {
    send: (source, name, params) =>
      command.mutate({
        params: { detector, source },
        body: { name, params: params as Record<string, never>, idempotencyKey: newKey() },
      }),
    current,
    error: command.error,
    busy: command.isPending || (current !== null && !isFinished(current)),
    forget: () => command.reset(),
  };
}
