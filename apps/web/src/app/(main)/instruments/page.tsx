import type { ReactNode } from 'react';
import { InstrumentsPage } from '../../../features/instruments/instruments-page';

export default function Page(): ReactNode {
  return <InstrumentsPage />;
}
