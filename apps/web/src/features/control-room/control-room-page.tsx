'use client';

import { Button, SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useStatuses } from '../../lib/live/status-provider';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { Page } from '../../lib/ui/page';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { Board } from './board';

export function ControlRoomPage(): ReactNode {
  const { list, pending, error, retry } = useStatuses();
  const [asked, setAsked] = useUrlState('detector', urlText);
  const live = list.find((each) => each.detector.name === asked) ?? list[0];
  const [arranging, setArranging] = useState(false);
  const choice =
    list.length < 2 || live === undefined ? null : (
      <SegmentedControl
        aria-label="Detector"
        value={live.detector.name}
        onChange={setAsked}
        data={list.map((each) => ({ value: each.detector.name, label: each.detector.name }))}
      />
    );
  return (
    <Page
      title="Control room"
      actions={
        live === undefined ? null : (
          <>
            {choice}
            <Button
              variant={arranging ? 'filled' : 'default'}
              aria-pressed={arranging}
              onClick={() => setArranging(!arranging)}
            >
              {arranging ? 'Done arranging' : 'Arrange panels'}
            </Button>
          </>
        )
      }
    >
      {pending ? <LoadingState lines={8} height={48} label="Loading detectors" /> : null}
      {error === null ? null : <ErrorState error={error} retry={retry} />}
      {!pending && error === null && live === undefined ? (
        <EmptyState title="No live detector is configured.">
          A detector is a set of sources that are started and stopped together. An expert adds its sources
          under{' '}
          <Link className="link" href="/configurations">
            Configurations
          </Link>
          . Recordings need no detector of their own: import them under{' '}
          <Link className="link" href="/data">
            Data
          </Link>
          .
        </EmptyState>
      ) : null}
      {live === undefined ? null : <Board key={live.detector.name} live={live} arranging={arranging} />}
    </Page>
  );
}
