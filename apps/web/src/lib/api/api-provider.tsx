'use client';

import { type ApiClient, createApiClient } from '@countroom/client';
import { endpoints, type SessionInfo } from '@countroom/contracts';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { isPassing, isSignedOut } from './errors';

/** Query key of who is asking. */
export const sessionKey = [endpoints.auth.session.id] as const;

const ApiContext = createContext<ApiClient | null>(null);

interface Clients {
  readonly api: ApiClient;
  readonly queries: QueryClient;
}

function createClients(): Clients {
  // A call refused for want of a session means that it ended: ask who we are, the gate does the rest.
  const onError = (error: unknown): void => {
    if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: sessionKey });
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (count, error) => count < 2 && isPassing(error),
        refetchOnWindowFocus: true,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  const api = createApiClient({
    baseUrl: '',
    csrfToken: () => queries.getQueryData<SessionInfo>(sessionKey)?.csrfToken ?? null,
  });
  return { api, queries };
}

export function ApiProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [clients] = useState(createClients);
  return (
    <ApiContext value={clients.api}>
      <QueryClientProvider client={clients.queries}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

/** The API client of the page's origin. */
export function useApiClient(): ApiClient {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('useApiClient is used outside ApiProvider');
  return api;
}
