'use client';

import type { DetectorStatus, RunCounters, RunDetail } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { int64, int64Bytes, int64Share } from '../../lib/format/int64';
import { percent, si } from '../../lib/format/numbers';
import { nsToSeconds, spent } from '../../lib/format/time';
import { useTopicAge } from '../../lib/live/use-live';
import { PlainTable } from '../../lib/table/plain-table';
import { Facts } from '../../lib/ui/facts';
import { MomentText } from '../../lib/ui/moment-text';
import { Panel } from '../../lib/ui/panel';
import { meanRate } from './run-columns';
import classes from './run-counters.module.css';
import { countedUntil, countersKnown } from './run-words';

/** Counters of the run and of each source; while the run goes on, as the detector last said. */
export function RunCountersPanel({
  run,
  status,
  statusAtMs,
}: {
  readonly run: RunDetail;
  readonly status: DetectorStatus | null;
  readonly statusAtMs: number | null;
}): ReactNode {
  const age = useTopicAge('detector.status', status === null ? null : statusAtMs);
  const counters = status?.counters ?? run.counters;
  const cutAt = countedUntil(counters);
  const sources = status === null ? run.sources : status.sources;
  const time = (ns: string): string => spent(nsToSeconds(ns));
  const share = (ns: string): string => percent(int64Share(ns, counters.runTimeNs), 2);
  const timed = (ns: string): string => `${time(ns)} (${share(ns)})`;
  if (status === null && !countersKnown(run)) {
    return (
      <Panel title="Counters">
        {run.recorded === null ? null : <Facts items={[['Recorded', int64(run.recorded)]]} />}
        <p className="dim">
          {run.recorded === null ? 'Not known' : 'The others are not known'}: a recording holds no counters of
          the detector. Rows and integrity stand with its datasets.
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Counters"
      aside={
        status === null ? null : (
          <span className={age.stale ? 'stale' : 'dim'}>{age.stale ? age.text : 'live'}</span>
        )
      }
    >
      <div className={age.stale ? 'stale' : undefined}>
        <Facts
          items={[
            ['Triggers', int64(counters.triggers)],
            ['Recorded', int64(counters.recorded)],
            ['Dropped', int64(counters.dropped)],
            ['Written, durable', `${int64(counters.written)}, ${int64(counters.durable)}`],
            ['Mean rate', si(meanRate({ counters }), 'Hz')],
            ['Size', int64Bytes(counters.bytes)],
            ['Run time', time(counters.runTimeNs)],
            ['Live time', timed(counters.liveTimeNs)],
            ['Device dead', timed(counters.deviceDeadNs)],
            ['Buffer dead', timed(counters.bufferDeadNs)],
            ['Paused', time(counters.pausedNs)],
          ]}
        />
        {cutAt === null ? null : (
          <p className="dim">
            Cut off: events are counted to the last one on the disk, times up to <MomentText at={cutAt} />.
          </p>
        )}
        {sources.length === 0 ? null : (
          <div className={classes['sources']}>
            <PlainTable
              label="Counters of each source"
              head={[
                'Source',
                'n:Triggers',
                'n:Recorded',
                'n:Dropped',
                'n:Live time',
                'n:Dead / %',
                'Driver',
              ]}
            >
              {sources.map((source) => (
                <tr key={source.name}>
                  <td>{source.name}</td>
                  <td className="num">{int64(source.counters.triggers)}</td>
                  <td className="num">{int64(source.counters.recorded)}</td>
                  <td className="num">{int64(source.counters.dropped)}</td>
                  <td className="num">{time(source.counters.liveTimeNs)}</td>
                  <td className="num">{deadText(source.counters)}</td>
                  <td>{source.driver}</td>
                </tr>
              ))}
            </PlainTable>
          </div>
        )}
      </div>
    </Panel>
  );
}

function deadText(counters: RunCounters): string {
  const dead = BigInt(counters.deviceDeadNs) + BigInt(counters.bufferDeadNs);
  return percent(int64Share(dead.toString(), counters.runTimeNs), 2).replace(/\s?%/, '');
}
