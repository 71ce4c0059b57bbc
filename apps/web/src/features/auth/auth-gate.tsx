'use client';

import type { SessionInfo } from '@countroom/contracts';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSession } from '../../lib/api/use-session';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';

/** Lets signed-in people in; sends others to log in, or to set up first, and brings them back afterwards. */
export function AuthGate({
  children,
}: {
  readonly children: (session: SessionInfo) => ReactNode;
}): ReactNode {
  const router = useRouter();
  const path = usePathname();
  const session = useSession();
  const { data, error, refetch } = session;
  const inside = data !== undefined && !data.setupNeeded && (data.auth === 'off' || data.user !== null);
  const wasInside = useRef(false);
  useEffect(() => {
    if (inside) wasInside.current = true;
    if (data === undefined || inside) return;
    if (data.setupNeeded) {
      router.replace('/setup');
      return;
    }
    const search = new URLSearchParams({ next: `${path}${window.location.search}` });
    if (wasInside.current) search.set('ended', '1');
    router.replace(`/login?${search.toString()}`);
  }, [data, inside, path, router]);
  useEffect(() => {
    if (error === null || data !== undefined) return undefined;
    const timer = setInterval(() => void refetch(), 3000);
    return () => clearInterval(timer);
  }, [error, data, refetch]);
  const expiresAt = data?.expiresAt ?? null;
  useEffect(() => {
    if (expiresAt === null) return undefined;
    const left = Math.min(Date.parse(expiresAt) - Date.now(), 2 ** 31 - 1);
    const timer = setTimeout(() => void refetch(), Math.max(1000, left + 1000));
    return () => clearTimeout(timer);
  }, [expiresAt, refetch]);

  if (inside) return children(data);
  return (
    <main style={{ padding: 24, maxWidth: 640 }}>
      <title>Countroom</title>
      <h1 className="visually-hidden">Countroom</h1>
      {error !== null && data === undefined ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <LoadingState lines={6} label="Asking the server who you are" />
      )}
    </main>
  );
}
