import Link from 'next/link';
import type { ReactNode } from 'react';
import { percent, si } from '../../lib/format/numbers';
import { clock } from '../../lib/format/time';
import { useServerNow } from '../../lib/live/live-provider';
import { LiveText } from '../../lib/live/live-value';
import type { DetectorLive } from '../../lib/live/status-provider';
import { useTopicAge } from '../../lib/live/use-live';
import { elapsedSeconds, healthWord, stateWord } from '../../lib/run/state-words';
import { StatusMark } from '../../lib/ui/status-mark';
import { AlarmLink } from './alarm-link';
import classes from './top-bar.module.css';

/** One detector in one line: state, run, elapsed, rate, dead time, baton, worst alarm. Leads to where each is acted on. */
export function DetectorStrip({ live }: { readonly live: DetectorLive }): ReactNode {
  const { detector, status, rates } = live;
  const now = useServerNow();
  const age = useTopicAge('detector.status', live.statusAtMs);
  const ratesAge = useTopicAge('detector.rates', live.ratesAtMs);
  const href = `/control-room?detector=${detector.name}`;
  if (status === null) {
    return (
      <div className={classes['line']}>
        <Link href={href} className={classes['strip']} prefetch={false}>
          <span className={classes['name']}>{detector.name}</span>
          <span className="dim">no state reported yet</span>
        </Link>
      </div>
    );
  }
  const state = stateWord(status.state, status.phase);
  const health = healthWord(status.health);
  const elapsed = elapsedSeconds(status, age.stale ? (live.statusAtMs ?? now) : now);
  const running = status.state === 'RUN' && status.health === 'ok' && !age.stale;
  return (
    <div className={classes['line']} data-running={running || undefined}>
      <Link href={href} className={classes['strip']} prefetch={false}>
        <span className={classes['name']}>{detector.name}</span>
        <LiveText age={age}>
          <StatusMark mark={age.stale ? 'neutral' : state.mark}>{state.word}</StatusMark>
        </LiveText>
        {status.health === 'ok' ? null : <StatusMark mark={health.mark}>{health.word}</StatusMark>}
        {status.run === null ? null : (
          <Fact name="run" value={<span className="mono">{status.run.number}</span>} />
        )}
        {elapsed === null ? null : <Fact name="" value={clock(elapsed)} />}
        {status.state !== 'RUN' || rates === null ? null : (
          <>
            <LiveText age={ratesAge}>
              <Fact name="" value={si(rates.totalHz, 'Hz')} />
            </LiveText>
            <LiveText age={{ ...ratesAge, text: '' }}>
              <Fact name="dead" value={percent(rates.deviceDeadFraction + rates.bufferDeadFraction)} />
            </LiveText>
          </>
        )}
        <Fact name="baton" value={status.baton.holder?.name ?? 'free'} />
      </Link>
      <AlarmLink detector={detector.name} worst={status.worstAlarm} />
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <span className={classes['fact']}>
      {name === '' ? null : <small>{name} </small>}
      {value}
    </span>
  );
}
