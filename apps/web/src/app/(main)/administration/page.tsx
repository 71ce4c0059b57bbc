import type { ReactNode } from 'react';
import { AdministrationPage } from '../../../features/administration/administration-page';

export default function Page(): ReactNode {
  return <AdministrationPage />;
}
