import type { ReactNode } from 'react';
import { PipelinePage } from '../../../../features/pipelines/pipeline-page';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { id } = await params;
  return <PipelinePage key={id} id={id} />;
}
