import type { ReactNode } from 'react';
import { ParameterSetPage } from '../../../../features/parameters/parameter-set-page';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { id } = await params;
  return <ParameterSetPage key={id} id={id} />;
}
