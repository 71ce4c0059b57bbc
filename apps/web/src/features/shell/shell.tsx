'use client';

import type { SessionInfo } from '@countroom/contracts';
import { Drawer } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { sessionKey } from '../../lib/api/api-provider';
import { ConnectionBanner } from '../../lib/live/connection-banner';
import { LiveProvider, useConnection } from '../../lib/live/live-provider';
import { StatusProvider } from '../../lib/live/status-provider';
import { AuthGate } from '../auth/auth-gate';
import { OpenNote } from '../auth/open-note';
import { KeyboardHelp } from './keyboard-help';
import { LiveRefresh } from './live-refresh';
import { Palette } from './palette';
import { Rail } from './rail';
import classes from './shell.module.css';
import { TopBar } from './top-bar';

/** Frame of every page: rail, state of each detector, banners, palette, keys. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <AuthGate>
      {(session) => (
        <LiveProvider session={session.user?.id ?? 'off'}>
          <StatusProvider>
            <Frame session={session}>{children}</Frame>
          </StatusProvider>
        </LiveProvider>
      )}
    </AuthGate>
  );
}

function Frame({
  session,
  children,
}: {
  readonly session: SessionInfo;
  readonly children: ReactNode;
}): ReactNode {
  const [narrow, setNarrow] = useLocalStorage({ key: 'countroom.rail-narrow', defaultValue: false });
  const [menu, { open, close }] = useDisclosure(false);
  const connection = useConnection();
  const queries = useQueryClient();
  const wasCutOff = useRef(false);
  useEffect(() => {
    if (connection.state === 'refused') void queries.invalidateQueries({ queryKey: sessionKey });
    if (connection.state === 'refused' || connection.state === 'disconnected') wasCutOff.current = true;
    // What changed while the page was cut off is asked for again.
    if (connection.state === 'connected' && wasCutOff.current) {
      wasCutOff.current = false;
      void queries.invalidateQueries({ refetchType: 'active' });
    }
  }, [connection.state, queries]);
  return (
    <div className={classes['frame']} data-narrow={narrow || undefined}>
      <a className={classes['skip']} href="#content">
        Skip to content
      </a>
      <Rail className={classes['rail']} narrow={narrow} onNarrow={setNarrow} />
      <Drawer opened={menu} onClose={close} size={260} title="Countroom" padding="xs">
        <Rail narrow={false} onGo={close} />
      </Drawer>
      <div className={classes['main']}>
        <section className={classes['top']} aria-label="State of the detectors">
          <OpenNote />
          <TopBar session={session} onMenu={open} />
          <ConnectionBanner />
        </section>
        <main id="content" tabIndex={-1} className={classes['content']}>
          {children}
        </main>
      </div>
      <LiveRefresh />
      <Palette session={session} />
      <KeyboardHelp />
    </div>
  );
}
