import type { ReactNode } from 'react';
import { ExperimentsPage } from '../../../features/experiments/experiments-page';

export default function Page(): ReactNode {
  return <ExperimentsPage />;
}
