import type { ReactNode } from 'react';
import { JobPage } from '../../../../features/jobs/job-page';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { id } = await params;
  return <JobPage key={id} id={id} />;
}
