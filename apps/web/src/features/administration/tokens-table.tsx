'use client';

import { endpoints, type ResponseOf } from '@countroom/contracts';
import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { usePages } from '../../lib/api/use-pages';
import { EmptyState } from '../../lib/states/empty-state';
import type { DataColumn } from '../../lib/table/data-table';
import { PagedTable } from '../../lib/table/paged-table';
import { ActionButton } from '../../lib/ui/action-button';
import { ConfirmByName } from '../../lib/ui/confirm-by-name';
import { MomentText } from '../../lib/ui/moment-text';
import { grantWords } from './grants-field';
import { TokenDialog } from './token-dialog';

type Token = ResponseOf<typeof endpoints.auth.listTokens>['items'][number];

/** State of a token in one word. */
export function tokenState(token: Pick<Token, 'revokedAt' | 'expiresAt'>, nowMs: number): string {
  if (token.revokedAt !== null) return 'revoked';
  return Date.parse(token.expiresAt) < nowMs ? 'expired' : 'valid';
}

export function TokensTable(): ReactNode {
  const pages = usePages(endpoints.auth.listTokens, {});
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const revoke = useCommand(endpoints.auth.revokeToken, { changes: [endpoints.auth.listTokens] });
  const columns = useMemo(
    (): readonly DataColumn<Token>[] => [
      { id: 'name', header: 'Name', cell: (token) => <strong>{token.name}</strong> },
      { id: 'owner', header: 'Owner', cell: (token) => token.owner },
      { id: 'roles', header: 'Roles', cell: (token) => grantWords(token.grants) },
      { id: 'state', header: 'State', cell: (token) => tokenState(token, Date.now()) },
      { id: 'expires', header: 'Expires (UTC)', cell: (token) => <MomentText at={token.expiresAt} /> },
      { id: 'used', header: 'Last used (UTC)', cell: (token) => <MomentText at={token.lastUsedAt} /> },
      {
        id: 'revoke',
        header: 'Revoke',
        cell: (token) =>
          tokenState(token, Date.now()) === 'valid' ? (
            <Button size="compact-xs" variant="default" onClick={() => setRevoking(token)}>
              Revoke…
            </Button>
          ) : null,
      },
    ],
    [],
  );
  return (
    <>
      <PagedTable
        id="tokens"
        label="API tokens"
        pages={pages}
        columns={columns}
        rowId={(token) => token.id}
        toolbar={
          <ActionButton reason={null} onClick={() => setMaking(true)}>
            Make token
          </ActionButton>
        }
        empty={
          <EmptyState title="No API token.">
            A token lets a program act for you, with the roles and for the time that you choose.
          </EmptyState>
        }
      />
      <TokenDialog opened={making} onClose={() => setMaking(false)} />
      <ConfirmByName
        opened={revoking !== null}
        title="Revoke token"
        name={revoking?.name ?? ''}
        action="Revoke"
        onConfirm={() => {
          if (revoking !== null) revoke.mutate({ params: { id: revoking.id } });
        }}
        onClose={() => setRevoking(null)}
      >
        Programs that use this token are refused from now on. It cannot be made valid again.
      </ConfirmByName>
    </>
  );
}
