'use client';

import type { ReactNode } from 'react';
import { LoadingState } from '../../lib/states/loading-state';
import { Page } from '../../lib/ui/page';

export function AlarmsPage(): ReactNode {
  return (
    <Page title="Alarms">
      <LoadingState />
    </Page>
  );
}
