import type { ReactNode } from 'react';
import { ConfigurationPage } from '../../../../features/configurations/configuration-page';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { id } = await params;
  return <ConfigurationPage key={id} id={id} />;
}
