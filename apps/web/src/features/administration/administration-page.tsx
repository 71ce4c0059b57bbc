'use client';

import type { ReactNode } from 'react';
import { LoadingState } from '../../lib/states/loading-state';
import { Page } from '../../lib/ui/page';

export function AdministrationPage(): ReactNode {
  return (
    <Page title="Administration">
      <LoadingState />
    </Page>
  );
}
