import type { ReactNode } from 'react';
import { DatasetPage } from '../../../../features/data/dataset-page';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { id } = await params;
  return <DatasetPage key={id} id={id} />;
}
