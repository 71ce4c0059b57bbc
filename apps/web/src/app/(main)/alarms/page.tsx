import type { ReactNode } from 'react';
import { AlarmsPage } from '../../../features/alarms/alarms-page';

export default function Page(): ReactNode {
  return <AlarmsPage />;
}
