'use client';

import { type ConfigurationInfo, type ConfigurationVersion, endpoints } from '@countroom/contracts';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePermission } from '../../lib/api/use-session';
import { JsonView } from '../../lib/json/json-view';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { Facts } from '../../lib/ui/facts';
import { Columns } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { urlNumber, useUrlState } from '../../lib/url/url-state';
import { ActivateVersion } from './activate-version';
import { ChangeList } from './change-list';
import { kindLabel } from './configuration-words';
import { EditContent } from './edit-content';
import { VersionTable } from './version-table';

export function ConfigurationPage({ id }: { readonly id: string }): ReactNode {
  const configuration = useApi(endpoints.configurations.get, { params: { id } });
  const versions = useApi(endpoints.configurations.versions, { params: { id } });
  return (
    <Page
      title={configuration.data === undefined ? 'Configuration' : `Configuration ${configuration.data.name}`}
    >
      <QueryView query={configuration} loading={<LoadingState lines={12} />}>
        {(data) => (
          <QueryView query={versions} loading={<LoadingState lines={12} />}>
            {(list) => <ConfigurationContent configuration={data} versions={list} />}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

function ConfigurationContent({
  configuration,
  versions,
}: {
  readonly configuration: ConfigurationInfo;
  readonly versions: readonly ConfigurationVersion[];
}): ReactNode {
  const [chosen, choose] = useUrlState('version', urlNumber);
  const [editing, setEditing] = useState(false);
  const shown = versions.find(({ version }) => version === chosen) ?? versions[0];
  if (shown === undefined) return <p className="dim">It has no version.</p>;
  const before = versions.find(({ version }) => version === shown.version - 1);
  return (
    <Columns>
      <Panel title="Configuration">
        <Facts
          items={[
            ['For', kindLabel(configuration.kind)],
            ['Detector', configuration.detector ?? 'all'],
            ['Description', configuration.description === '' ? 'none' : configuration.description],
            ['Created (UTC)', <MomentText key="created" at={configuration.createdAt} />],
            ['Newest version', String(configuration.latest)],
          ]}
        />
        {configuration.kind === 'detector' ? (
          <ActivateVersion configuration={configuration} version={shown} />
        ) : null}
      </Panel>
      <Panel title="Versions">
        <VersionTable versions={versions} shown={shown.version} onShow={choose} />
      </Panel>
      <Panel
        title={`Content of version ${shown.version}`}
        wide
        aside={
          editing ? null : (
            <>
              {configuration.kind === 'raw_to_dsp' ? (
                <Link
                  className="link"
                  href={`/process/chain?configuration=${configuration.id}&version=${shown.version}`}
                >
                  Open in the chain editor
                </Link>
              ) : null}
              <EditButton onEdit={() => setEditing(true)} />
            </>
          )
        }
      >
        {editing ? (
          <EditContent
            configuration={configuration}
            from={shown}
            onDone={(added) => {
              setEditing(false);
              if (added !== undefined) choose(added.version);
            }}
          />
        ) : (
          <JsonView label="Content" value={shown.content} openDepth={2} />
        )}
      </Panel>
      {before === undefined ? null : (
        <Panel title={`What version ${shown.version} changed`} wide>
          <ChangeList label="Changes" before={before.content} after={shown.content} />
        </Panel>
      )}
    </Columns>
  );
}

function EditButton({ onEdit }: { readonly onEdit: () => void }): ReactNode {
  const permission = usePermission('expert');
  return (
    <ActionButton variant="default" reason={permission.allowed ? null : permission.reason} onClick={onEdit}>
      Change content
    </ActionButton>
  );
}
