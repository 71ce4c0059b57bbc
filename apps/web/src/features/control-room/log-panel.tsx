'use client';

import { endpoints } from '@countroom/contracts';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import type { DetectorLive } from '../../lib/live/status-provider';
import { useLiveFrames } from '../../lib/live/use-live';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import { LogInput } from '../log/log-input';
import { LogLines } from '../log/log-lines';

/** Newest lines of the detector's log; what is written goes into the newest run. */
export function LogPanel({ live }: { readonly live: DetectorLive }): ReactNode {
  const detector = live.detector.name;
  const queries = useQueryClient();
  const lines = useApi(endpoints.runs.allLog, { query: { detector, limit: 30 } });
  const newest = useApi(endpoints.runs.list, { query: { detector: [detector], limit: 1 } });
  useLiveFrames('detector.log', { detector }, () => {
    void queries.invalidateQueries({ queryKey: [endpoints.runs.allLog.id] });
  });
  const run = live.status?.run?.number ?? newest.data?.items[0]?.number ?? null;
  return (
    <Panel title={run === null ? 'Log' : `Log, run ${run}`}>
      <LogInput detector={detector} run={run} />
      <QueryView query={lines}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState title="Nothing written yet.">
              People and the system write here; the first line comes with the first run.
            </EmptyState>
          ) : (
            <LogLines entries={page.items} maxHeight="300px" />
          )
        }
      </QueryView>
    </Panel>
  );
}
