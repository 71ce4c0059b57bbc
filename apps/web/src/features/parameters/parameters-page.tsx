'use client';

import { endpoints, type ParameterSetInfo } from '@countroom/contracts';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePermission } from '../../lib/api/use-session';
import { DetectorSelect } from '../../lib/run/detector-select';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { ActionButton } from '../../lib/ui/action-button';
import { Filters } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { StatusMark } from '../../lib/ui/status-mark';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { ImportFolder } from './import-folder';
import { ProposeValues } from './propose-values';

type Open = 'nothing' | 'import' | 'propose';

/** Sets of parameters: what processing reads by `db.…`. */
export function ParametersPage(): ReactNode {
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [open, setOpen] = useState<Open>('nothing');
  const own = detector === '' ? undefined : detector;
  const shifter = usePermission('shifter', own);
  const expert = usePermission('expert', own);
  const sets = useApi(endpoints.parameters.sets, { query: own === undefined ? {} : { detector: own } });
  const toggle = (wanted: Open) => () => setOpen(open === wanted ? 'nothing' : wanted);
  return (
    <Page
      title="Parameters"
      actions={
        <>
          <ActionButton
            variant="default"
            reason={expert.allowed ? null : expert.reason}
            quiet
            onClick={toggle('import')}
          >
            {open === 'import' ? 'Close' : 'Import'}
          </ActionButton>
          <ActionButton reason={shifter.allowed ? null : shifter.reason} onClick={toggle('propose')}>
            {open === 'propose' ? 'Close' : 'Propose values'}
          </ActionButton>
        </>
      }
    >
      {open === 'import' ? <ImportFolder detector={detector} onDone={() => setOpen('nothing')} /> : null}
      {open === 'propose' ? <ProposeValues detector={detector} onDone={() => setOpen('nothing')} /> : null}
      <Filters label="Filter parameters">
        <DetectorSelect label="Detector" value={detector} onChange={setDetector} />
      </Filters>
      <QueryView query={sets}>{(rows) => <SetTable rows={rows} />}</QueryView>
    </Page>
  );
}

function SetTable({ rows }: { readonly rows: readonly ParameterSetInfo[] }): ReactNode {
  if (rows.length === 0) {
    return (
      <EmptyState title="There are no parameters yet.">
        Calibrate a run on the Process page and approve its result, import a validity file, or propose values
        by hand. Configurations refer to them by db, for example db.pz.tau.
      </EmptyState>
    );
  }
  return (
    <PlainTable framed label="Parameters" head={['Set', 'Detector', 'n:Versions', 'To decide', 'Channels']}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <Link className="link" href={`/parameters/${row.id}`}>
              {row.name}
            </Link>
          </td>
          <td>{row.detector ?? 'all'}</td>
          <td className="num">{row.versions}</td>
          <td>
            {row.proposed === 0 ? (
              <span className="dim">none</span>
            ) : (
              <StatusMark mark="info">{`${row.proposed} proposed`}</StatusMark>
            )}
          </td>
          <td>{channelText(row.channels)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

function channelText(channels: readonly string[]): string {
  const shown = channels.slice(0, 8).join(', ');
  return channels.length > 8 ? `${shown} and ${channels.length - 8} more` : shown;
}
