'use client';

import {
  type ConfigurationInfo,
  type ConfigurationKind,
  configurationKind,
  endpoints,
} from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePermission } from '../../lib/api/use-session';
import type { Json } from '../../lib/form/schema-node';
import { DetectorSelect } from '../../lib/run/detector-select';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { ActionButton } from '../../lib/ui/action-button';
import { Filters } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Page } from '../../lib/ui/page';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { kindChoices, kindLabel } from './configuration-words';
import { NewConfiguration } from './new-configuration';
import { SetImport } from './set-import';

export function ConfigurationsPage(): ReactNode {
  const router = useRouter();
  const [kindText, setKind] = useUrlState('kind', urlText);
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [making, setMaking] = useState<'new' | 'import' | null>(null);
  const [imported, setImported] = useState<Json>();
  const show = (what: 'new' | 'import'): void => {
    setImported(undefined);
    setMaking(making === what ? null : what);
  };
  const permission = usePermission('expert');
  const reason = permission.allowed ? null : permission.reason;
  const parsed = configurationKind.safeParse(kindText);
  const kind: ConfigurationKind | undefined = parsed.success ? parsed.data : undefined;
  const list = useApi(endpoints.configurations.list, {
    query: { ...(kind === undefined ? {} : { kind }), ...(detector === '' ? {} : { detector }) },
  });
  return (
    <Page
      title="Configurations"
      actions={
        <>
          <ActionButton variant="default" reason={reason} quiet onClick={() => show('import')}>
            {making === 'import' ? 'Close' : 'Import a set of settings'}
          </ActionButton>
          <ActionButton variant="default" reason={reason} onClick={() => show('new')}>
            {making === 'new' ? 'Close' : 'New configuration'}
          </ActionButton>
        </>
      }
    >
      {making === 'import' ? (
        <SetImport
          onTake={(content) => {
            setImported(content);
            setMaking('new');
          }}
        />
      ) : null}
      {making === 'new' ? (
        <NewConfiguration
          {...(imported === undefined ? {} : { imported })}
          onMade={(made) => router.push(`/configurations/${made.id}`)}
        />
      ) : null}
      <Filters label="Filter configurations">
        <NativeSelect
          label="For"
          value={kind ?? ''}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[
            { value: '', label: 'Everything' },
            ...kindChoices.map(({ value, label }) => ({ value, label })),
          ]}
        />
        <DetectorSelect label="Detector" value={detector} onChange={setDetector} />
      </Filters>
      <QueryView query={list}>{(rows) => <ConfigurationTable rows={rows} />}</QueryView>
    </Page>
  );
}

function ConfigurationTable({ rows }: { readonly rows: readonly ConfigurationInfo[] }): ReactNode {
  if (rows.length === 0) {
    return (
      <EmptyState title="No configuration fits the filters.">
        A configuration holds the settings of a detector or of a stage of processing. Its versions are never
        changed.
      </EmptyState>
    );
  }
  return (
    <PlainTable
      framed
      label="Configurations"
      head={['For', 'Name', 'Detector', 'n:Version', 'Changed (UTC)', 'Content', 'Description']}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td>{kindLabel(row.kind)}</td>
          <td>
            <Link className="link" href={`/configurations/${row.id}`}>
              {row.name}
            </Link>
          </td>
          <td>{row.detector ?? 'all'}</td>
          <td className="num">{row.latest}</td>
          <td>
            <MomentText at={row.updatedAt} />
          </td>
          <td className="mono" title={row.latestHash}>
            {row.latestHash.slice(0, 12)}
          </td>
          <td>{row.description}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
