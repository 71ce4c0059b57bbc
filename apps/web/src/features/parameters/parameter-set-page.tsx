'use client';

import { endpoints, type ParameterVersion } from '@countroom/contracts';
import { diffTrees } from '@countroom/parameters/values';
import { Button } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { useApi } from '../../lib/api/use-api';
import { JsonView } from '../../lib/json/json-view';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Facts } from '../../lib/ui/facts';
import { Columns } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { urlNumber, useUrlState } from '../../lib/url/url-state';
import { DecideVersion } from './decide-version';
import { HeldBefore } from './held-before';
import { ValuesOverTime } from './values-over-time';
import { StatusOfVersion, VersionList } from './version-list';
import { WithdrawVersion } from './withdraw-version';

/** One set: its versions, what one of them says and changes, and values over time. */
export function ParameterSetPage({ id }: { readonly id: string }): ReactNode {
  const api = useApiClient();
  const versions = useApi(endpoints.parameters.versions, { params: { id } });
  const [newest] = versions.data ?? [];
  const title =
    newest === undefined ? 'Parameters' : `Parameters ${newest.set} of ${newest.detector ?? 'all detectors'}`;
  return (
    <Page
      title={title}
      actions={(['yaml', 'jsonl'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          variant="default"
          href={api.url(endpoints.parameters.export, { params: { id }, query: { format } })}
          download={`${newest?.set ?? 'parameters'}.json`}
        >
          {`Export ${format.toUpperCase()}`}
        </Button>
      ))}
    >
      <QueryView query={versions} loading={<LoadingState lines={12} />}>
        {(list) => <SetContent versions={list} />}
      </QueryView>
    </Page>
  );
}

function SetContent({ versions }: { readonly versions: readonly ParameterVersion[] }): ReactNode {
  const [chosen, choose] = useUrlState('version', urlNumber);
  const shown = versions.find(({ version }) => version === chosen) ?? versions[0];
  if (shown === undefined) return <p className="dim">It has no version.</p>;
  return (
    <Columns>
      <Panel title="Versions" wide>
        <VersionList versions={versions} shown={shown.version} onShow={choose} />
      </Panel>
      <Panel title={`Version ${shown.version}`} aside={<StatusOfVersion status={shown.status} />}>
        <VersionFacts version={shown} />
        {shown.status === 'proposed' ? <DecideVersion key={shown.id} version={shown} /> : null}
        {shown.status === 'approved' && shown.mode !== 'remove' ? (
          <WithdrawVersion key={shown.id} version={shown} onShow={choose} />
        ) : null}
      </Panel>
      <Panel title={`Values of version ${shown.version}`}>
        {shown.mode === 'remove' ? (
          <p>It takes {shown.targets.join(', ')} away.</p>
        ) : (
          <JsonView label="Values" value={shown.content} openDepth={4} />
        )}
      </Panel>
      <Panel title={`What version ${shown.version} changes`} wide>
        <HeldBefore versions={versions} version={shown}>
          {(before, after) => <Changes before={before} after={after} />}
        </HeldBefore>
      </Panel>
      <Panel title="Values over time" wide>
        <ValuesOverTime versions={versions} onShow={choose} />
      </Panel>
    </Columns>
  );
}

function VersionFacts({ version }: { readonly version: ParameterVersion }): ReactNode {
  const { firstRun, lastRun, validTo, jobId, datasetIds } = version;
  const runs =
    firstRun === null && lastRun === null ? 'all' : `${firstRun ?? 'first'} to ${lastRun ?? 'last'}`;
  return (
    <Facts
      items={[
        [
          'Document',
          <span key="document" className="mono">
            {version.document}
          </span>,
        ],
        ['Valid from (UTC)', <MomentText key="from" at={version.validFrom} />],
        ['Valid to (UTC)', validTo === null ? 'for ever' : <MomentText key="to" at={validTo} />],
        ['Runs', runs],
        ['Kind of data', version.category],
        [
          'Lies over what holds as',
          version.targets.length === 0 ? version.mode : `${version.mode} ${version.targets.join(', ')}`,
        ],
        ['By', `${version.by}${version.note === '' ? '' : `: ${version.note}`}`],
        ['Added (UTC)', <MomentText key="at" at={version.createdAt} />],
        [
          'Made by',
          jobId === null ? (
            'a person'
          ) : (
            <Link key="job" className="link mono" href={`/jobs/${jobId}`}>
              job {jobId.slice(0, 8)}
            </Link>
          ),
        ],
        [
          'Made from',
          datasetIds.length === 0
            ? 'nothing stored'
            : datasetIds.map((id) => (
                <Link key={id} className="link mono" href={`/data/${id}`}>
                  report {id.slice(0, 8)}{' '}
                </Link>
              )),
        ],
        [
          'Decided by',
          version.decidedBy === null
            ? 'nobody yet'
            : `${version.decidedBy}${version.decisionNote === '' ? '' : `: ${version.decisionNote}`}`,
        ],
        [
          'Content',
          <span key="hash" className="mono">
            {version.hash.slice(0, 16)}
          </span>,
        ],
      ]}
    />
  );
}

type Tree = ParameterVersion['content'];

function Changes({ before, after }: { readonly before: Tree; readonly after: Tree }): ReactNode {
  const changes = diffTrees(before, after);
  if (changes.length === 0) return <p className="dim">What holds from this moment on stays the same.</p>;
  return (
    <PlainTable label="Changes" head={['Channel', 'Name', 'Before', 'After']}>
      {changes.map(({ path, before: old, after: fresh }) => (
        <tr key={path.join('.')}>
          <td>{path[0]}</td>
          <td className="mono">{path.slice(1).join('.')}</td>
          <td className="mono">{old === undefined ? '(not there)' : JSON.stringify(old)}</td>
          <td className="mono">{fresh === undefined ? '(taken away)' : JSON.stringify(fresh)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
