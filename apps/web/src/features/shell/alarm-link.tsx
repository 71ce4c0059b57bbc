'use client';

import { type Alarm, type DetectorStatus, endpoints } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './top-bar.module.css';

const order = ['info', 'warning', 'alarm'] as const;

/** The worst alarm of a detector that nobody has acknowledged, in words; leads to where it is answered. */
export function AlarmLink({
  detector,
  worst,
}: {
  readonly detector: string;
  readonly worst: DetectorStatus['worstAlarm'];
}): ReactNode {
  const active = useApi(
    endpoints.alarms.list,
    { query: { active: 'true', limit: 100 } },
    { enabled: worst !== 'none', everyMs: 30_000 },
  );
  if (worst === 'none') return <span className={`${classes['alarm'] ?? ''} dim`}>no alarm</span>;
  const open = openAlarms(active.data?.items ?? [], detector);
  const [first] = open;
  return (
    <Link href={`/alarms?detector=${detector}`} className={classes['alarm']} prefetch={false}>
      <StatusMark mark={worst} blink={worst === 'alarm'}>
        {worst === 'info' ? 'notice' : worst}
      </StatusMark>
      {first === undefined ? null : <span className={classes['message']}>{first.message}</span>}
      {open.length < 2 ? null : <span className="dim">and {open.length - 1} more</span>}
    </Link>
  );
}

/** Alarms of a detector that wait for somebody, the worst first; of those the oldest, from which others follow. */
export function openAlarms(alarms: readonly Alarm[], detector: string): Alarm[] {
  return alarms
    .filter((alarm) => alarm.detector === detector && alarm.acknowledgedAt === null)
    .sort(
      (a, b) =>
        order.indexOf(b.severity) - order.indexOf(a.severity) ||
        Date.parse(a.raisedAt) - Date.parse(b.raisedAt),
    );
}
