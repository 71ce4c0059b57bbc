import type { SourceStatus } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { int64, int64Bytes } from '../../lib/format/int64';
import { percent } from '../../lib/format/numbers';
import type { DetectorLive } from '../../lib/live/status-provider';
import { useTopicAge } from '../../lib/live/use-live';
import { healthWord, phaseWord, stateWord } from '../../lib/run/state-words';
import tableClasses from '../../lib/table/data-table.module.css';
import { PlainTable } from '../../lib/table/plain-table';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';

/** Each source as its acquisition process last saw it. */
export function SourcesPanel({ live }: { readonly live: DetectorLive }): ReactNode {
  const age = useTopicAge('detector.status', live.statusAtMs);
  const sources = live.status?.sources ?? [];
  return (
    <Panel title="Sources" aside={age.stale ? <span className="stale">{age.text}</span> : null}>
      {sources.length === 0 ? (
        <p className="dim">
          No source has reported. Sources come from the active configuration of the detector.
        </p>
      ) : (
        <PlainTable
          label="Sources"
          head={['Source', 'State', 'Health', 'n:Recorded', 'n:Dropped', 'n:Written', 'n:Buffer', 'Channels']}
        >
          {sources.map((source) => (
            <SourceRow key={source.name} source={source} stale={age.stale} />
          ))}
        </PlainTable>
      )}
    </Panel>
  );
}

function SourceRow({ source, stale }: { readonly source: SourceStatus; readonly stale: boolean }): ReactNode {
  const state = stateWord(source.state, source.phase);
  const health = healthWord(source.health);
  const fill = source.ring.slots === 0 ? Number.NaN : source.ring.filled / source.ring.slots;
  return (
    <tr className={stale ? 'stale' : undefined}>
      <td>
        <strong>{source.name}</strong> <span className="dim">{source.driver}</span>
      </td>
      <td>
        <StatusMark mark={stale ? 'neutral' : state.mark}>
          {source.state}, {phaseWord(source.phase)}
        </StatusMark>
      </td>
      <td className={source.message === '' ? undefined : tableClasses['wraps']}>
        <StatusMark mark={health.mark}>{health.word}</StatusMark>
        {source.message === '' ? '' : `: ${source.message}`}
      </td>
      <td className="num">{int64(source.counters.recorded)}</td>
      <td className="num">{int64(source.counters.dropped)}</td>
      <td className="num">{int64Bytes(source.counters.bytes)}</td>
      <td className="num">{percent(fill, 0)}</td>
      <td className="mono">{channelWords(source.channels)}</td>
    </tr>
  );
}

/** `0–3, 7`: neighbours as ranges. */
export function channelWords(channels: readonly number[]): string {
  const sorted = [...channels].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const channel of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && channel === last[1] + 1) last[1] = channel;
    else ranges.push([channel, channel]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
