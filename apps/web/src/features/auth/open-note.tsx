'use client';

import type { ReactNode } from 'react';
import { useSession } from '../../lib/api/use-session';
import classes from './open-note.module.css';

/** Says on every page that nobody is asked who they are, where that was switched off. */
export function OpenNote(): ReactNode {
  const session = useSession();
  if (session.data?.auth !== 'off') return null;
  return (
    <p className={classes['open']} role="alert">
      Sign-in is off: whoever reaches this address is administrator. Start without COUNTROOM_AUTH=off to
      change that.
    </p>
  );
}
