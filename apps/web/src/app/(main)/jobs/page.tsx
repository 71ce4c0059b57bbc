import type { ReactNode } from 'react';
import { JobsPage } from '../../../features/jobs/jobs-page';

export default function Page(): ReactNode {
  return <JobsPage />;
}
