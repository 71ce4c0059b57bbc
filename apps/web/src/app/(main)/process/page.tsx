import type { ReactNode } from 'react';
import { ProcessPage } from '../../../features/process/process-page';

export default function Page(): ReactNode {
  return <ProcessPage />;
}
