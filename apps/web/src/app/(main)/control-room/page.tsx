import type { ReactNode } from 'react';
import { ControlRoomPage } from '../../../features/control-room/control-room-page';

export default function Page(): ReactNode {
  return <ControlRoomPage />;
}
