'use client';

import type { ReactNode } from 'react';
import { LoadingState } from '../../lib/states/loading-state';
import { Page } from '../../lib/ui/page';

export function LogPage(): ReactNode {
  return (
    <Page title="Log">
      <LoadingState />
    </Page>
  );
}
