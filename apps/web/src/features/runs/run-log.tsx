'use client';

import { endpoints } from '@countroom/contracts';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usePages } from '../../lib/api/use-pages';
import { useLiveFrames } from '../../lib/live/use-live';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { LogInput } from '../log/log-input';
import { LogLines } from '../log/log-lines';

/** The run's log, newest first, with a line to write into it. */
export function RunLog({
  detector,
  number,
  running,
}: {
  readonly detector: string;
  readonly number: number;
  readonly running: boolean;
}): ReactNode {
  const queries = useQueryClient();
  const pages = usePages(endpoints.runs.log, { params: { detector, number } });
  useLiveFrames('detector.log', { detector }, (frame) => {
    if (frame.header.run === number) void queries.invalidateQueries({ queryKey: [endpoints.runs.log.id] });
  });
  return (
    <>
      <LogInput detector={detector} run={number} />
      {pages.isPending ? <LoadingState lines={4} /> : null}
      {pages.error === null || pages.rows.length > 0 ? null : (
        <ErrorState error={pages.error} retry={pages.retry} />
      )}
      {!pages.isPending && pages.error === null && pages.rows.length === 0 ? (
        <EmptyState title="Nothing written about this run.">
          {running ? 'Write what you see and do; ' : 'Write what you know of it; '}the system adds its own
          lines.
        </EmptyState>
      ) : null}
      {pages.rows.length === 0 ? null : <LogLines entries={pages.rows} maxHeight="360px" />}
      {pages.hasMore ? (
        <Button variant="default" mt="sm" loading={pages.loadingMore} onClick={pages.loadMore}>
          Show older lines
        </Button>
      ) : null}
    </>
  );
}
