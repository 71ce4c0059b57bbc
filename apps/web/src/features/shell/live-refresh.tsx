'use client';

import { endpoints } from '@countroom/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStatuses } from '../../lib/live/status-provider';
import { useLiveFrames } from '../../lib/live/use-live';

const noParams = {};
const pauseMs = 500;

/** Asks again for lists whose rows have changed, at most twice a second, whatever page is shown. */
export function LiveRefresh(): ReactNode {
  const queries = useQueryClient();
  const due = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const changed = (...ids: readonly string[]): void => {
    for (const id of ids) due.current.add(id);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const id of due.current) void queries.invalidateQueries({ queryKey: [id] });
      due.current.clear();
    }, pauseMs);
  };
  // A run that began or ended is a change of the run list, which has no topic of its own.
  const runs = useStatuses()
    .list.map(({ status }) => `${status?.run?.id ?? ''} ${status?.state ?? ''}`)
    .join();
  useEffect(() => {
    for (const id of [endpoints.runs.list.id, endpoints.runs.get.id, endpoints.runs.allLog.id]) {
      void queries.invalidateQueries({ queryKey: [id] });
    }
  }, [runs, queries]);
  useLiveFrames('alarm.changed', noParams, () => changed(endpoints.alarms.list.id));
  useLiveFrames('job.changed', noParams, () =>
    changed(
      endpoints.pipelines.get.id,
      endpoints.pipelines.list.id,
      endpoints.jobs.list.id,
      endpoints.jobs.get.id,
      endpoints.runs.get.id,
      endpoints.data.list.id,
    ),
  );
  return null;
}
