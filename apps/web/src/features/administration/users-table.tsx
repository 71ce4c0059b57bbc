'use client';

import { endpoints, type User } from '@countroom/contracts';
import { type ReactNode, useState } from 'react';
import { usePages } from '../../lib/api/use-pages';
import { EmptyState } from '../../lib/states/empty-state';
import type { DataColumn } from '../../lib/table/data-table';
import { PagedTable } from '../../lib/table/paged-table';
import { ActionButton } from '../../lib/ui/action-button';
import { MomentText } from '../../lib/ui/moment-text';
import { grantWords } from './grants-field';
import { UserDialog } from './user-dialog';

const columns: readonly DataColumn<User>[] = [
  { id: 'name', header: 'Name', cell: (user) => <strong>{user.name}</strong> },
  { id: 'fullName', header: 'Full name', cell: (user) => user.fullName },
  { id: 'roles', header: 'Roles', cell: (user) => grantWords(user.grants) },
  { id: 'state', header: 'State', cell: (user) => (user.disabled ? 'disabled' : 'may sign in') },
  { id: 'seen', header: 'Last seen (UTC)', cell: (user) => <MomentText at={user.lastSeenAt} /> },
  { id: 'created', header: 'Created (UTC)', cell: (user) => <MomentText at={user.createdAt} /> },
];

export function UsersTable(): ReactNode {
  const pages = usePages(endpoints.auth.listUsers, {});
  const [editing, setEditing] = useState<User | 'new' | null>(null);
  return (
    <>
      <PagedTable
        id="users"
        label="Users"
        pages={pages}
        columns={columns}
        rowId={(user) => user.id}
        onOpen={setEditing}
        toolbar={
          <ActionButton reason={null} onClick={() => setEditing('new')}>
            Add user
          </ActionButton>
        }
        empty={<EmptyState title="No user.">Add the people who take shifts.</EmptyState>}
      />
      <UserDialog editing={editing} onClose={() => setEditing(null)} />
    </>
  );
}
