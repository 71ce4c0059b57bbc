'use client';

import { endpoints } from '@countroom/contracts';
import { Button } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { runPath } from '../../lib/run/run-link';

const refreshMs = 30_000;

/** Links to the run before and the one after, where there are any. */
export function RunNeighbours({
  detector,
  number,
}: {
  readonly detector: string;
  readonly number: number;
}): ReactNode {
  return (
    <>
      <RunButton detector={detector} number={number - 1} label="Previous run" />
      <RunButton detector={detector} number={number + 1} label="Next run" />
    </>
  );
}

function RunButton({
  detector,
  number,
  label,
}: {
  readonly detector: string;
  readonly number: number;
  readonly label: string;
}): ReactNode {
  const found = useApi(
    endpoints.runs.list,
    { query: { detector: [detector], number, limit: 1 } },
    { enabled: number >= 0, everyMs: refreshMs },
  );
  if ((found.data?.items.length ?? 0) === 0) return null;
  return (
    <Button component={Link} variant="default" href={runPath(detector, number)}>
      {label}
    </Button>
  );
}
