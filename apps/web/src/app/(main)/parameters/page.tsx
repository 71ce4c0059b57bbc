import type { ReactNode } from 'react';
import { ParametersPage } from '../../../features/parameters/parameters-page';

export default function Page(): ReactNode {
  return <ParametersPage />;
}
