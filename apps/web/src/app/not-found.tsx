import Link from 'next/link';
import type { ReactNode } from 'react';
import { OpenNote } from '../features/auth/open-note';
import { EmptyState } from '../lib/states/empty-state';

export default function NotFound(): ReactNode {
  return (
    <>
      <OpenNote />
      <main style={{ padding: 24 }}>
        <title>No such page · Countroom</title>
        <h1>No such page</h1>
        <EmptyState title="The address leads nowhere.">
          It may be from another version.{' '}
          <Link className="link" href="/control-room">
            Go to the control room
          </Link>
          .
        </EmptyState>
      </main>
    </>
  );
}
