'use client';

import { endpoints } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { MomentText } from '../../lib/ui/moment-text';
import { Panel } from '../../lib/ui/panel';
import { countsWord } from './pipeline-words';

const shown = 20;

/** The newest requests, each with how far it is. */
export function RecentPipelines(): ReactNode {
  const list = useApi(endpoints.pipelines.list, { query: { limit: shown } });
  return (
    <Panel title="Requests">
      <QueryView query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">Nothing was asked for yet.</p>
          ) : (
            <PlainTable
              label="Newest requests"
              head={['Asked for (UTC)', 'Request', 'n:Runs', 'Stages', 'Jobs', 'By']}
              maxHeight="360px"
            >
              {items.map((one) => (
                <tr key={one.id}>
                  <td>
                    <MomentText at={one.createdAt} />
                  </td>
                  <td>
                    <Link className="link" href={`/pipelines/${one.id}`}>
                      {one.name === '' ? `of ${one.detectors.join(', ')}` : one.name}
                    </Link>
                  </td>
                  <td className="num">{one.runs}</td>
                  <td className="mono">{one.stages.join(' ')}</td>
                  <td>{countsWord(one.counts)}</td>
                  <td>{one.ruleId === null ? one.by : `rule of ${one.by}`}</td>
                </tr>
              ))}
            </PlainTable>
          )
        }
      </QueryView>
    </Panel>
  );
}
