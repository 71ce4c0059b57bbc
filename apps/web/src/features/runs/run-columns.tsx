import type { RunSummary } from '@countroom/contracts';
import { int64, int64Bytes, int64Share, int64ToNumber } from '../../lib/format/int64';
import { percent, si } from '../../lib/format/numbers';
import { clock, nsToSeconds } from '../../lib/format/time';
import { RunLink } from '../../lib/run/run-link';
import type { DataColumn } from '../../lib/table/data-table';
import { Cut } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { StatusMark } from '../../lib/ui/status-mark';
import { countersKnown, outcomeWord, processingWord, qualityWord, recordedEvents } from './run-words';
import { TagList } from './tag-list';

function seconds(ns: string): number {
  return nsToSeconds(ns);
}

/** Recorded events per second of run time; NaN for a run that took no time. */
export function meanRate(run: Pick<RunSummary, 'counters'>): number {
  const time = seconds(run.counters.runTimeNs);
  return time > 0 ? int64ToNumber(run.counters.recorded) / time : Number.NaN;
}

/** Dead time of device and buffer over run time. */
function deadShare({ counters }: RunSummary): number {
  const dead = BigInt(counters.deviceDeadNs) + BigInt(counters.bufferDeadNs);
  return int64Share(dead.toString(), counters.runTimeNs);
}

const notKnown = <span className="dim">not known</span>;

export const runColumns: readonly DataColumn<RunSummary>[] = [
  {
    id: 'run',
    header: 'Run',
    sort: 'number',
    cell: (run) => <RunLink detector={run.detector} run={run.number} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: (run) => {
      const { mark, word } = outcomeWord(run);
      return <StatusMark mark={mark}>{word}</StatusMark>;
    },
  },
  {
    id: 'started',
    header: 'Started (UTC)',
    sort: 'started',
    cell: (run) => <MomentText at={run.startedAt} />,
  },
  {
    id: 'duration',
    header: 'Run time',
    numeric: true,
    sort: 'duration',
    cell: (run) => (countersKnown(run) ? clock(seconds(run.counters.runTimeNs)) : notKnown),
  },
  {
    id: 'recorded',
    header: 'Events',
    numeric: true,
    sort: 'recorded',
    cell: (run) => {
      const recorded = recordedEvents(run);
      return recorded === null ? notKnown : int64(recorded);
    },
  },
  { id: 'rate', header: 'Rate', unit: 'Hz', numeric: true, cell: (run) => si(meanRate(run), '') },
  {
    id: 'dead',
    header: 'Dead',
    unit: '%',
    numeric: true,
    cell: (run) => percent(deadShare(run), 2).replace(/\s?%/, ''),
  },
  {
    id: 'quality',
    header: 'Quality',
    cell: (run) => {
      const { mark, word } = qualityWord(run.quality);
      return run.quality === 'unset' ? (
        <span className="dim">{word}</span>
      ) : (
        <StatusMark mark={mark}>{word}</StatusMark>
      );
    },
  },
  { id: 'tags', header: 'Tags', cell: (run) => <TagList tags={run.tags} /> },
  {
    id: 'comment',
    header: 'Comment',
    cell: (run) => <Cut text={run.comment} />,
  },
  {
    id: 'data',
    header: 'Data',
    cell: (run) => <span className="mono">{run.dataKinds.join(' ') || '–'}</span>,
  },
  {
    id: 'processing',
    header: 'Processing',
    cell: (run) => {
      const { mark, word } = processingWord(run.processing);
      return run.processing === 'none' ? (
        <span className="dim">–</span>
      ) : (
        <StatusMark mark={mark}>{word}</StatusMark>
      );
    },
  },
  { id: 'mode', header: 'Mode', cell: (run) => run.mode || '–' },
  { id: 'by', header: 'By', cell: (run) => run.by },
  { id: 'ended', header: 'Ended (UTC)', hidden: true, cell: (run) => <MomentText at={run.endedAt} /> },
  {
    id: 'live',
    header: 'Live time',
    numeric: true,
    hidden: true,
    cell: (run) => (countersKnown(run) ? clock(seconds(run.counters.liveTimeNs)) : notKnown),
  },
  {
    id: 'triggers',
    header: 'Triggers',
    numeric: true,
    hidden: true,
    cell: (run) => (countersKnown(run) ? int64(run.counters.triggers) : notKnown),
  },
  {
    id: 'dropped',
    header: 'Dropped',
    numeric: true,
    hidden: true,
    cell: (run) => (countersKnown(run) ? int64(run.counters.dropped) : notKnown),
  },
  {
    id: 'bytes',
    header: 'Size',
    numeric: true,
    hidden: true,
    cell: (run) => (countersKnown(run) ? int64Bytes(run.counters.bytes) : notKnown),
  },
  { id: 'origin', header: 'Origin', hidden: true, cell: (run) => run.origin },
  {
    id: 'reason',
    header: 'Reason of the end',
    hidden: true,
    cell: (run) => <Cut text={run.reason} />,
  },
  {
    id: 'configuration',
    header: 'Configuration',
    hidden: true,
    cell: (run) => <span className="mono">{run.configurationHash?.slice(0, 10) ?? '–'}</span>,
  },
];
