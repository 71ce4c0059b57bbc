'use client';

import { type ConfigurationInfo, type ConfigurationVersion, endpoints } from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useEffect } from 'react';
import { useApi } from '../../lib/api/use-api';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Row, Stacked } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { replaceUrl, urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import { jsonDiff } from '../configurations/json-diff';
import { ChainEditor } from './chain-editor';
import { CreatePanel } from './create-panel';
import { firstContent } from './draft';
import { RunChain } from './run-link';
import { SavePanel } from './save-panel';
import { useDraft } from './use-draft';
import { type RawRows, useRawRows } from './use-raw-rows';

const newChain = 'new';

export function ChainEditorPage(): ReactNode {
  const list = useApi(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
  const raw = useRawRows();
  const [id] = useUrlState('configuration', urlText);
  return (
    <Page title="Chain editor">
      <QueryView query={list} loading={<LoadingState lines={12} />}>
        {(configurations) => {
          const found =
            configurations.find((one) => one.id === id) ??
            (id === newChain
              ? undefined
              : (configurations.find(({ detector, name }) =>
                  [detector, name].includes(raw.dataset?.detector ?? null),
                ) ?? configurations[0]));
          return (
            <Stacked>
              <Choice configurations={configurations} chosen={found} />
              {found === undefined ? (
                <NewChain raw={raw} />
              ) : (
                <Stored key={found.id} configuration={found} raw={raw} />
              )}
            </Stacked>
          );
        }}
      </QueryView>
    </Page>
  );
}

function Choice({
  configurations,
  chosen,
}: {
  readonly configurations: readonly ConfigurationInfo[];
  readonly chosen: ConfigurationInfo | undefined;
}): ReactNode {
  return (
    <Row>
      <NativeSelect
        label="Configuration"
        w={280}
        value={chosen?.id ?? newChain}
        onChange={(event) =>
          replaceUrl({ configuration: event.currentTarget.value, version: null, show: null })
        }
        data={[
          ...configurations.map(({ id, name, detector }) => ({
            value: id,
            label: detector === null ? name : `${name} (${detector})`,
          })),
          { value: newChain, label: 'A new one' },
        ]}
      />
      {chosen === undefined ? null : (
        <p className="dim" style={{ margin: '0 0 8px' }}>
          <Link className="link" href={`/configurations/${chosen.id}`}>
            All versions
          </Link>
          {chosen.description === '' ? '' : `: ${chosen.description}`}
        </p>
      )}
    </Row>
  );
}

function NewChain({ raw }: { readonly raw: RawRows }): ReactNode {
  const draft = useDraft(firstContent);
  useLeaveGuard(jsonDiff(firstContent, draft.content).length > 0);
  return (
    <ChainEditor
      draft={draft}
      raw={raw}
      versions={(blocked) => (
        <CreatePanel
          content={draft.content}
          blocked={blocked}
          onMade={(made) => replaceUrl({ configuration: made.id, version: null })}
        />
      )}
    />
  );
}

function Stored({
  configuration,
  raw,
}: {
  readonly configuration: ConfigurationInfo;
  readonly raw: RawRows;
}): ReactNode {
  const versions = useApi(endpoints.configurations.versions, { params: { id: configuration.id } });
  const [number] = useUrlState('version', urlNumber);
  return (
    <QueryView query={versions} loading={<LoadingState lines={12} />}>
      {(list) => {
        const from = list.find(({ version }) => version === number) ?? list[0];
        if (from === undefined) return <p className="dim">It has no version.</p>;
        return <StoredChain configuration={configuration} versions={list} from={from} raw={raw} />;
      }}
    </QueryView>
  );
}

function StoredChain({
  configuration,
  versions,
  from,
  raw,
}: {
  readonly configuration: ConfigurationInfo;
  readonly versions: readonly ConfigurationVersion[];
  readonly from: ConfigurationVersion;
  readonly raw: RawRows;
}): ReactNode {
  const draft = useDraft(from.content);
  const changed = jsonDiff(from.content, draft.content).length > 0;
  useLeaveGuard(changed);
  const { dataset } = raw;
  return (
    <ChainEditor
      draft={draft}
      raw={raw}
      versions={(blocked) => (
        <Stacked>
          <SavePanel
            configuration={configuration}
            versions={versions}
            content={draft.content}
            from={from}
            blocked={blocked}
            onSaved={({ version }) =>
              replaceUrl({ configuration: configuration.id, version: String(version) })
            }
          />
          <RunChain
            runs={dataset === undefined ? [] : [{ detector: dataset.detector, number: dataset.run }]}
            configuration={configuration.id}
            version={from.version}
            changed={changed}
          />
        </Stacked>
      )}
    />
  );
}

/** The browser asks before a page with unsaved changes is left. */
function useLeaveGuard(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changed]);
}
