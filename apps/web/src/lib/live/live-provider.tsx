'use client';

import { type ConnectionState, createLiveClient, type LiveClient } from '@countroom/client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useNow } from './now';

interface Live {
  readonly client: LiveClient | null;
  readonly connection: ConnectionState;
}

const waiting: ConnectionState = { state: 'connecting', since: 0, reason: '' };
const LiveContext = createContext<Live>({ client: null, connection: waiting });

/** Holds the one live connection of a signed-in page. `session` names whose it is: another one connects anew. */
export function LiveProvider({
  session,
  children,
}: {
  readonly session: string;
  readonly children: ReactNode;
}): ReactNode {
  const [live, setLive] = useState<Live>({ client: null, connection: waiting });
  useEffect(() => {
    const client = createLiveClient({ baseUrl: '' });
    const stop = client.onConnection((connection) => {
      setLive({ client, connection });
    });
    return () => {
      stop();
      client.close();
    };
  }, [session]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The live connection, null until the page has started. */
export function useLiveClient(): LiveClient | null {
  return useContext(LiveContext).client;
}

/** How the live connection is. */
export function useConnection(): ConnectionState {
  return useContext(LiveContext).connection;
}

/** The server's time in ms, moving on once a second. */
export function useServerNow(): number {
  const now = useNow();
  return now + (useLiveClient()?.clockOffsetMs() ?? 0);
}
