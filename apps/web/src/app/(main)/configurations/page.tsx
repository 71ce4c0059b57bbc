import type { ReactNode } from 'react';
import { ConfigurationsPage } from '../../../features/configurations/configurations-page';

export default function Page(): ReactNode {
  return <ConfigurationsPage />;
}
