'use client';

import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { RoleGate } from '../../lib/states/role-gate';
import { Page } from '../../lib/ui/page';
import { urlChoice, useUrlState } from '../../lib/url/url-state';
import { AuditTable } from './audit-table';
import { SystemFacts } from './system-facts';
import { TokensTable } from './tokens-table';
import { UsersTable } from './users-table';

const tabs = urlChoice(['users', 'tokens', 'audit', 'system']);

export function AdministrationPage(): ReactNode {
  const [tab, setTab] = useUrlState('tab', tabs);
  return (
    <Page title="Administration">
      <Tabs value={tab} onChange={(value) => setTab(tabs.read(value))} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="tokens">API tokens</Tabs.Tab>
          <Tabs.Tab value="audit">Audit</Tabs.Tab>
          <Tabs.Tab value="system">System</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users" pt="sm">
          <RoleGate role="administrator">
            <UsersTable />
          </RoleGate>
        </Tabs.Panel>
        <Tabs.Panel value="tokens" pt="sm">
          <TokensTable />
        </Tabs.Panel>
        <Tabs.Panel value="audit" pt="sm">
          <RoleGate role="administrator">
            <AuditTable />
          </RoleGate>
        </Tabs.Panel>
        <Tabs.Panel value="system" pt="sm">
          <SystemFacts />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
