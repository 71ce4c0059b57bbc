'use client';

import { endpoints } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { bytes } from '../../lib/format/numbers';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Facts } from '../../lib/ui/facts';
import { MomentText } from '../../lib/ui/moment-text';
import { Panel } from '../../lib/ui/panel';
import classes from './system-facts.module.css';

/** The installation as a whole: version, disk, workers, queues. */
export function SystemFacts(): ReactNode {
  const query = useApi(endpoints.system.info, {}, { everyMs: 5000 });
  return (
    <QueryView query={query}>
      {(system) => (
        <div className={classes['grid']}>
          <Panel title="Installation">
            <Facts
              items={[
                [
                  'Version',
                  <span key="version" className="mono">
                    {system.version}
                  </span>,
                ],
                ['Running since', <MomentText key="since" at={system.startedAt} />],
                [
                  'Node',
                  <span key="node" className="mono">
                    {system.node}
                  </span>,
                ],
                ['Queues are kept in', system.queueBackend === 'redis' ? 'Redis' : 'PostgreSQL'],
                [
                  'Data folder',
                  <span key="path" className="mono">
                    {system.disk.path}
                  </span>,
                ],
                ['Disk', `${bytes(system.disk.freeBytes)} free of ${bytes(system.disk.totalBytes)}`],
              ]}
            />
            <p>
              <a className="link" href="/api/docs">
                API documentation
              </a>
            </p>
          </Panel>
          <Panel title="Workers">
            {system.workers.length === 0 ? (
              <EmptyState title="No worker has reported.">
                Jobs wait until one starts: <span className="mono">./countroom up</span> starts one by itself.
              </EmptyState>
            ) : (
              <PlainTable label="Workers" head={['Worker', 'Host', 'n:Running', 'Seen (UTC)']}>
                {system.workers.map((worker) => (
                  <tr key={worker.id}>
                    <td className="mono">{worker.id}</td>
                    <td>{worker.host}</td>
                    <td className="num">{worker.running}</td>
                    <td>
                      <MomentText at={worker.seenAt} />
                    </td>
                  </tr>
                ))}
              </PlainTable>
            )}
          </Panel>
          <Panel title="Queues">
            <PlainTable label="Queues" head={['Queue', 'n:Waiting', 'n:Active', 'n:Failed']}>
              {system.queues.map((queue) => (
                <tr key={queue.name}>
                  <td className="mono">{queue.name}</td>
                  <td className="num">{queue.waiting}</td>
                  <td className="num">{queue.active}</td>
                  <td className="num">{queue.failed}</td>
                </tr>
              ))}
            </PlainTable>
          </Panel>
        </div>
      )}
    </QueryView>
  );
}
