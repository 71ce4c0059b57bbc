import type { CallArguments } from '@countroom/client';
import type { Endpoint, ResponseOf } from '@countroom/contracts';
import { notifications } from '@mantine/notifications';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApiClient } from './api-provider';
import { shownError } from './errors';

export interface CommandOptions<E extends Endpoint> {
  /** Endpoints whose answers have changed by this. */
  readonly changes?: readonly Pick<Endpoint, 'id'>[];
  readonly done?: (answer: ResponseOf<E>, args: CallArguments<E>) => void;
  /** Short line to show when done, for effects that are not seen on the page. */
  readonly says?: (answer: ResponseOf<E>) => string;
  /** Errors are shown as a note unless the form shows them itself. */
  readonly quiet?: boolean;
}

/** A call that changes something. */
export function useCommand<E extends Endpoint>(
  endpoint: E,
  options: CommandOptions<E> = {},
): UseMutationResult<ResponseOf<E>, unknown, CallArguments<E>> {
  const api = useApiClient();
  const queries = useQueryClient();
  return useMutation<ResponseOf<E>, unknown, CallArguments<E>>({
    mutationKey: [endpoint.id],
    mutationFn: (args) => api.call(endpoint, args),
    onSuccess: (answer, args) => {
      for (const changed of options.changes ?? []) void queries.invalidateQueries({ queryKey: [changed.id] });
      if (options.says !== undefined) notifications.show({ message: options.says(answer), color: 'gray' });
      options.done?.(answer, args);
    },
    onError: (error) => {
      if (options.quiet === true) return;
      const shown = shownError(error);
      notifications.show({
        title: `${endpoint.summary}: not done`,
        message: [shown.message, ...shown.issues.map((issue) => `${issue.path}: ${issue.message}`)].join(
          '\n',
        ),
        color: 'alarm',
        autoClose: 12_000,
      });
    },
  });
}
