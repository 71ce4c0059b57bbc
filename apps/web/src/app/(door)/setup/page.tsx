import type { ReactNode } from 'react';
import { SetupPage } from '../../../features/auth/setup-page';

export default function Page(): ReactNode {
  return <SetupPage />;
}
