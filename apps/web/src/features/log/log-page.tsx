'use client';

import { endpoints } from '@countroom/contracts';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePages } from '../../lib/api/use-pages';
import { useStatuses } from '../../lib/live/status-provider';
import { useLiveFrames } from '../../lib/live/use-live';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { LogInput } from './log-input';
import { LogLines } from './log-lines';

const quietMs = 300;

export function LogPage(): ReactNode {
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [text, setText] = useUrlState('text', urlText);
  const [typed, setTyped] = useState(text);
  const [settled] = useDebouncedValue(typed, quietMs);
  useEffect(() => {
    if (settled !== text) setText(settled);
  }, [settled, text, setText]);
  const detectors = useApi(endpoints.detectors.list, {});
  const pages = usePages(endpoints.runs.allLog, {
    query: { ...(detector === '' ? {} : { detector }), ...(text === '' ? {} : { text }) },
  });
  const filtered = detector !== '' || text !== '';
  return (
    <Page title="Log">
      <FollowLogs />
      <Panel
        title="Everything written, newest first"
        aside={
          <>
            <NativeSelect
              aria-label="Detector"
              value={detector}
              onChange={(event) => setDetector(event.currentTarget.value)}
              data={[
                { value: '', label: 'All detectors' },
                ...(detectors.data ?? []).map((each) => ({ value: each.name, label: each.name })),
              ]}
            />
            <TextInput
              aria-label="Words in the text"
              placeholder="Words in the text"
              value={typed}
              maxLength={200}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </>
        }
      >
        {detector === '' ? null : <WriteToNewest detector={detector} />}
        {pages.isPending ? <LoadingState lines={8} /> : null}
        {pages.error === null || pages.rows.length > 0 ? null : (
          <ErrorState error={pages.error} retry={pages.retry} />
        )}
        {!pages.isPending && pages.error === null && pages.rows.length === 0 ? (
          <EmptyState title={filtered ? 'No line fits.' : 'Nothing written yet.'}>
            {filtered
              ? 'Choose another detector or other words.'
              : 'People write about runs, and the system says what it did. The first lines come with the first run.'}
          </EmptyState>
        ) : null}
        {pages.rows.length === 0 ? null : <LogLines entries={pages.rows} withDetector />}
        {pages.hasMore ? (
          <Button variant="default" mt="sm" loading={pages.loadingMore} onClick={pages.loadMore}>
            Show older lines
          </Button>
        ) : null}
      </Panel>
    </Page>
  );
}

function WriteToNewest({ detector }: { readonly detector: string }): ReactNode {
  const newest = useApi(endpoints.runs.list, { query: { detector: [detector], limit: 1 } });
  return <LogInput detector={detector} run={newest.data?.items[0]?.number ?? null} />;
}

/** Asks again when any detector's log grows. */
function FollowLogs(): ReactNode {
  return useStatuses().list.map((live) => <FollowLog key={live.detector.id} detector={live.detector.name} />);
}

function FollowLog({ detector }: { readonly detector: string }): ReactNode {
  const queries = useQueryClient();
  useLiveFrames('detector.log', { detector }, () => {
    void queries.invalidateQueries({ queryKey: [endpoints.runs.allLog.id] });
  });
  return null;
}
