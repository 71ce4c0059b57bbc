'use client';

import { type AuditEntry, endpoints } from '@countroom/contracts';
import { Modal, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { usePages } from '../../lib/api/use-pages';
import { EmptyState } from '../../lib/states/empty-state';
import type { DataColumn } from '../../lib/table/data-table';
import { PagedTable } from '../../lib/table/paged-table';
import { Facts } from '../../lib/ui/facts';
import { MomentText } from '../../lib/ui/moment-text';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';
import { urlText, useUrlState } from '../../lib/url/url-state';

const marks: Readonly<Record<AuditEntry['outcome'], Mark>> = {
  done: 'ok',
  refused: 'warning',
  failed: 'alarm',
};

const columns: readonly DataColumn<AuditEntry>[] = [
  { id: 'at', header: 'When (UTC)', cell: (entry) => <MomentText at={entry.at} /> },
  { id: 'actor', header: 'Who', cell: (entry) => entry.actor },
  { id: 'action', header: 'What', cell: (entry) => <span className="mono">{entry.action}</span> },
  { id: 'target', header: 'To what', cell: (entry) => <span className="mono">{entry.target}</span> },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: (entry) => <StatusMark mark={marks[entry.outcome]}>{entry.outcome}</StatusMark>,
  },
  { id: 'address', header: 'From', cell: (entry) => <span className="mono">{entry.address}</span> },
  {
    id: 'trace',
    header: 'Trace',
    hidden: true,
    cell: (entry) => <span className="mono">{entry.traceId}</span>,
  },
];

/** Who changed what. */
export function AuditTable(): ReactNode {
  const [actor, setActor] = useUrlState('actor', urlText);
  const [action, setAction] = useUrlState('action', urlText);
  const [target, setTarget] = useUrlState('target', urlText);
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const pages = usePages(endpoints.auth.listAudit, {
    query: {
      ...(actor === '' ? {} : { actor }),
      ...(action === '' ? {} : { action }),
      ...(target === '' ? {} : { target }),
    },
  });
  return (
    <>
      <PagedTable
        id="audit"
        label="Audit"
        pages={pages}
        columns={columns}
        rowId={(entry) => entry.id}
        onOpen={setOpened}
        toolbar={
          <>
            <Filter name="Who" value={actor} onChange={setActor} />
            <Filter name="What" value={action} onChange={setAction} />
            <Filter name="To what" value={target} onChange={setTarget} />
          </>
        }
        empty={
          <EmptyState title="No entry fits.">Every call that changes something leaves one here.</EmptyState>
        }
      />
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={opened?.action ?? ''} size="lg">
        {opened === null ? null : (
          <Stack gap="sm">
            <Facts
              items={[
                ['When', <MomentText key="at" at={opened.at} />],
                ['Who', opened.actor],
                ['To what', opened.target],
                ['Outcome', opened.outcome],
                ['From', opened.address],
                [
                  'Trace',
                  <span key="trace" className="mono">
                    {opened.traceId}
                  </span>,
                ],
              ]}
            />
            <JsonText title="Before" value={opened.before} />
            <JsonText title="After" value={opened.after} />
          </Stack>
        )}
      </Modal>
    </>
  );
}

function Filter({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [typed, setTyped] = useState(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed);
      }}
    >
      <TextInput
        aria-label={`${name} (Enter to filter)`}
        placeholder={name}
        value={typed}
        w={130}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => onChange(typed)}
      />
    </form>
  );
}

function JsonText({ title, value }: { readonly title: string; readonly value: unknown }): ReactNode {
  if (value === null) return null;
  return (
    <section>
      <h3 style={{ margin: 0 }}>{title}</h3>
      <pre
        className="mono"
        tabIndex={0}
        aria-label={title}
        style={{ overflow: 'auto', maxHeight: 260, margin: '4px 0' }}
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}
