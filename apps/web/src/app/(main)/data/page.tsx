import type { ReactNode } from 'react';
import { DataPage } from '../../../features/data/data-page';

export default function Page(): ReactNode {
  return <DataPage />;
}
