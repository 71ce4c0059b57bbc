import type { ReactNode } from 'react';
import { int64, int64Bytes, int64Minus, int64Share } from '../../lib/format/int64';
import { bytes, percent } from '../../lib/format/numbers';
import { duration, nsToSeconds, spent } from '../../lib/format/time';
import type { DetectorLive } from '../../lib/live/status-provider';
import { useTopicAge } from '../../lib/live/use-live';
import { LoadingState } from '../../lib/states/loading-state';
import { Facts } from '../../lib/ui/facts';
import { Panel } from '../../lib/ui/panel';
import { Meter } from './meter';

/** Counters of the run, and what the machine still has room for. */
export function CountersPanel({ live }: { readonly live: DetectorLive }): ReactNode {
  const age = useTopicAge('detector.status', live.statusAtMs);
  const { status, rates } = live;
  if (status === null) {
    return (
      <Panel title="Counters">
        <LoadingState />
      </Panel>
    );
  }
  const { counters, disk } = status;
  const seconds = (ns: string): string => spent(nsToSeconds(ns));
  const takingNs = int64Minus(counters.runTimeNs, counters.pausedNs);
  const share = (ns: string): string => percent(int64Share(ns, takingNs), 2);
  const used = disk === null || disk.totalBytes === 0 ? Number.NaN : 1 - disk.freeBytes / disk.totalBytes;
  return (
    <Panel title="Counters" aside={age.stale ? <span className="stale">{age.text}</span> : null}>
      <div className={age.stale ? 'stale' : undefined}>
        <Facts
          items={[
            ['Triggers', int64(counters.triggers)],
            ['Recorded', int64(counters.recorded)],
            ['Dropped', int64(counters.dropped)],
            ['Written, durable', `${int64(counters.written)}, ${int64(counters.durable)}`],
            ['Bytes', int64Bytes(counters.bytes)],
            ['Run time', seconds(counters.runTimeNs)],
            ['Live time', `${seconds(counters.liveTimeNs)} (${share(counters.liveTimeNs)})`],
            ['Device dead', share(counters.deviceDeadNs)],
            ['Buffer dead', share(counters.bufferDeadNs)],
            ['Paused', seconds(counters.pausedNs)],
          ]}
        />
        <Meter
          name="Buffer fill"
          share={rates?.bufferFill ?? Number.NaN}
          text={percent(rates?.bufferFill, 0)}
        />
        <Meter
          name="Disk used"
          share={used}
          text={
            disk === null
              ? 'not known'
              : `${bytes(disk.freeBytes)} free${disk.secondsLeft === null ? '' : `, ${duration(disk.secondsLeft)} left at this rate`}`
          }
        />
      </div>
    </Panel>
  );
}
