import type { DetectorStatus, RunDetail } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { int64 } from '../../lib/format/int64';
import { duration, secondsBetween } from '../../lib/format/time';
import { stateWord } from '../../lib/run/state-words';
import { Facts } from '../../lib/ui/facts';
import { MomentText } from '../../lib/ui/moment-text';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';
import { outcomeWord, processingWord } from './run-words';

/** What a run is: where from, when, by whom, how it ended. */
export function RunFacts({
  run,
  status,
}: {
  readonly run: RunDetail;
  /** What the detector says while it takes this run. */
  readonly status: DetectorStatus | null;
}): ReactNode {
  const word = status === null ? outcomeWord(run) : stateWord(status.state, status.phase);
  const processing = processingWord(run.processing);
  const limits = [
    ...(run.limits.events === undefined ? [] : [`${int64(String(run.limits.events))} events`]),
    ...(run.limits.seconds === undefined ? [] : [duration(run.limits.seconds)]),
  ].join(' or ');
  return (
    <Panel
      title="Run"
      aside={
        status === null ? null : (
          <Link className="link" href={`/control-room?detector=${run.detector}`}>
            Control room
          </Link>
        )
      }
    >
      <Facts
        items={[
          [
            'State',
            <StatusMark key="state" mark={word.mark}>
              {word.word}
            </StatusMark>,
          ],
          ...(run.reason === '' ? [] : [['Reason of the end', run.reason] as const]),
          ['Origin', run.origin === 'live' ? 'taken by the detector' : 'imported recording'],
          ['Mode', run.mode === '' ? '–' : run.mode],
          ['By', run.by],
          ['Started (UTC)', <MomentText key="start" at={run.startedAt} />],
          ['Ended (UTC)', <MomentText key="end" at={run.endedAt} />],
          ['Lasted', duration(secondsBetween(run.startedAt, run.endedAt))],
          ['Limits', limits === '' ? 'none' : limits],
          [
            'Processing',
            <StatusMark key="processing" mark={processing.mark}>
              {processing.word}
            </StatusMark>,
          ],
          [
            'Data',
            <span key="data" className="mono">
              {run.dataKinds.join(' ') || '–'}
            </span>,
          ],
          [
            'Started / ns',
            <span key="ns" className="mono">
              {run.startedNs ?? '–'}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}
