'use client';

import { endpoints } from '@countroom/contracts';
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { sessionKey } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { LoadingState } from '../../lib/states/loading-state';
import { IssueList } from '../../lib/ui/issue-list';
import { Door } from './door';
import { setupToken } from './setup-token';

const leastLength = 10;

export function SetupPage(): ReactNode {
  const router = useRouter();
  const queries = useQueryClient();
  const session = useSession();
  const [token, setToken] = useState<string | null>(null);
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const setup = useCommand(endpoints.auth.setup, {
    quiet: true,
    done: (answer) => {
      queries.clear();
      queries.setQueryData(sessionKey, answer);
      router.replace('/control-room');
    },
  });
  useEffect(() => {
    setToken(setupToken(window.location.hash));
  }, []);
  const fault = setup.error === null ? null : shownError(setup.error);
  if (session.data === undefined && session.error === null) {
    return (
      <Door title="Set up">
        <LoadingState lines={3} height={36} />
      </Door>
    );
  }
  if (session.data?.setupNeeded === false) {
    return (
      <Door title="Set up is done">
        <Text size="sm">
          An administrator exists already.{' '}
          <Link className="link" href="/login">
            Log in
          </Link>
          .
        </Text>
      </Door>
    );
  }
  return (
    <Door title="Choose a password">
      {token === '' ? (
        <Text size="sm">
          Open the link that the start of Countroom has printed: it carries the token for this page. It is
          good once and for 15 minutes; starting again prints another one.
        </Text>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setup.mutate({ body: { token: token ?? '', name, password } });
          }}
        >
          <Stack gap="sm">
            <Text size="sm">This makes the administrator of this installation.</Text>
            {fault === null ? null : (
              <IssueList
                title={fault.message}
                issues={fault.issues.length > 0 ? fault.issues : [{ path: '', message: fault.code }]}
              />
            )}
            <TextInput
              label="Name"
              size="sm"
              autoComplete="username"
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              description={`At least ${leastLength} characters`}
              size="sm"
              autoComplete="new-password"
              required
              autoFocus
              minLength={leastLength}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" size="sm" loading={setup.isPending}>
              Set password
            </Button>
          </Stack>
        </form>
      )}
    </Door>
  );
}
