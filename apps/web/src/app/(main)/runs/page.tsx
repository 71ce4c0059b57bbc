import type { ReactNode } from 'react';
import { RunsPage } from '../../../features/runs/runs-page';

export default function Page(): ReactNode {
  return <RunsPage />;
}
