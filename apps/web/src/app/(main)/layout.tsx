import type { ReactNode } from 'react';
import { Shell } from '../../features/shell/shell';

export default function MainLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return <Shell>{children}</Shell>;
}
