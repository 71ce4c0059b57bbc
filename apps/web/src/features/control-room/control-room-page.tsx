'use client';

import type { ReactNode } from 'react';
import { LoadingState } from '../../lib/states/loading-state';
import { Page } from '../../lib/ui/page';

export function ControlRoomPage(): ReactNode {
  return (
    <Page title="Control room">
      <LoadingState />
    </Page>
  );
}
