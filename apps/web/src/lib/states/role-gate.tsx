'use client';

import type { Role } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { usePermission } from '../api/use-session';
import { NotAllowed } from './error-state';

/** Shows its content to those who have the role, and to others which role it would be. */
export function RoleGate({
  role,
  detector,
  children,
}: {
  readonly role: Role;
  readonly detector?: string;
  readonly children: ReactNode;
}): ReactNode {
  const permission = usePermission(role, detector);
  return permission.allowed ? children : <NotAllowed message={permission.reason} />;
}
