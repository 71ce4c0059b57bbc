import type { ReactNode } from 'react';
import { ExperimentPage } from '../../../../features/experiments/experiment-page';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { id } = await params;
  return <ExperimentPage key={id} id={id} />;
}
