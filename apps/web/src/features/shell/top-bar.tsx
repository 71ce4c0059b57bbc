'use client';

import type { SessionInfo } from '@countroom/contracts';
import { ActionIcon, Skeleton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { shownError } from '../../lib/api/errors';
import { useStatuses } from '../../lib/live/status-provider';
import { DetectorStrip } from './detector-strip';
import classes from './top-bar.module.css';
import { UserMenu } from './user-menu';

/** State first: one strip per detector on every page. */
export function TopBar({
  session,
  onMenu,
}: {
  readonly session: SessionInfo;
  readonly onMenu: () => void;
}): ReactNode {
  const statuses = useStatuses();
  return (
    <div className={classes['bar']}>
      <ActionIcon className={classes['menu']} aria-label="Pages" onClick={onMenu}>
        <IconMenu2 size={20} aria-hidden />
      </ActionIcon>
      <div className={classes['strips']}>
        {statuses.pending ? <Skeleton height={18} width={320} /> : null}
        {statuses.error === null ? null : (
          <span className="dim">State not known: {shownError(statuses.error).message}</span>
        )}
        {!statuses.pending && statuses.error === null && statuses.list.length === 0 ? (
          <span className="dim">No live detector is configured.</span>
        ) : null}
        {statuses.list.map((live) => (
          <DetectorStrip key={live.detector.id} live={live} />
        ))}
      </div>
      <div className={classes['tools']}>
        <ActionIcon aria-label="Find a page, run or action (Ctrl K)" onClick={spotlight.open}>
          <IconSearch size={18} aria-hidden />
        </ActionIcon>
        <UserMenu session={session} />
      </div>
    </div>
  );
}
