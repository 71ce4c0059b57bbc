'use client';

import { IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { utcTime } from '../format/time';
import classes from './connection-banner.module.css';
import { useConnection, useServerNow } from './live-provider';
import { oldText } from './staleness';

/** Says that the page is cut off, since when, and for a moment that it is connected again. */
export function ConnectionBanner(): ReactNode {
  const connection = useConnection();
  const now = useServerNow();
  const [lost, setLost] = useState<number | null>(null);
  const [back, setBack] = useState<number | null>(null);
  useEffect(() => {
    if (connection.state === 'disconnected' || connection.state === 'refused') {
      setLost((since) => since ?? connection.since);
      setBack(null);
    } else if (connection.state === 'connected') {
      setLost((since) => {
        if (since !== null) setBack(connection.since);
        return null;
      });
    }
  }, [connection]);
  const cutOff = lost !== null && connection.state !== 'connected';
  const justBack = back !== null && now - back < 6000;
  return (
    <div role="status" aria-live="polite">
      {cutOff ? (
        <p className={classes['offline']}>
          <IconPlugConnectedX size={16} aria-hidden />
          No contact with the server since {utcTime(lost)} UTC ({oldText(Math.max(0, now - lost))}). Values
          below are from then. Connecting again by itself.
        </p>
      ) : null}
      {justBack ? <p className={classes['back']}>Connected again. Values are live.</p> : null}
    </div>
  );
}
