'use client';

import { endpoints } from '@countroom/contracts';
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { sessionKey } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { IssueList } from '../../lib/ui/issue-list';
import { Door } from './door';
import { nextPath } from './next-path';

export function LoginPage(): ReactNode {
  const router = useRouter();
  const search = useSearchParams();
  const session = useSession();
  const queries = useQueryClient();
  const next = nextPath(search.get('next'));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const login = useCommand(endpoints.auth.login, {
    quiet: true,
    done: (answer) => {
      queries.clear();
      queries.setQueryData(sessionKey, answer);
      router.replace(next);
    },
  });
  const { data } = session;
  useEffect(() => {
    if (data?.setupNeeded === true) router.replace('/setup');
    else if (data !== undefined && (data.user !== null || data.auth === 'off')) router.replace(next);
  }, [data, next, router]);
  const fault = login.error ?? session.error;
  return (
    <Door title="Log in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate({ body: { name, password } });
        }}
      >
        <Stack gap="sm">
          {search.get('ended') === null ? null : (
            <Text size="sm">Your session has ended. Log in to go on where you were.</Text>
          )}
          {fault === null ? null : (
            <IssueList title="" issues={[{ path: '', message: shownError(fault).message }]} />
          )}
          <TextInput
            label="Name"
            size="sm"
            autoComplete="username"
            required
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            size="sm"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" loading={login.isPending}>
            Log in
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
