import type { ReactNode } from 'react';
import { LogPage } from '../../../features/log/log-page';

export default function Page(): ReactNode {
  return <LogPage />;
}
