import type { ReactNode } from 'react';
import { LoginPage } from '../../../features/auth/login-page';

export default function Page(): ReactNode {
  return <LoginPage />;
}
