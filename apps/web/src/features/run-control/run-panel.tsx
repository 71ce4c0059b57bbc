'use client';

import type { RunCommandName } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { permissionOf } from '../../lib/api/permissions';
import { useSession } from '../../lib/api/use-session';
import { si } from '../../lib/format/numbers';
import { clock, utcTime } from '../../lib/format/time';
import { useServerNow } from '../../lib/live/live-provider';
import { LiveText } from '../../lib/live/live-value';
import type { DetectorLive } from '../../lib/live/status-provider';
import { useTopicAge } from '../../lib/live/use-live';
import { RunLink } from '../../lib/run/run-link';
import { elapsedSeconds, goalWord, healthWord, phaseWord, stateWord } from '../../lib/run/state-words';
import { LoadingState } from '../../lib/states/loading-state';
import { ConfirmByName } from '../../lib/ui/confirm-by-name';
import { Facts } from '../../lib/ui/facts';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';
import { CommandProgress } from './command-progress';
import { type CommandSituation, commandReason } from './command-reason';
import { CommandRow } from './command-row';
import classes from './run-control.module.css';
import { emptyRun, type RunDraft, RunForm, runRequestOf } from './run-form';
import { useRunCommand } from './use-run-command';

/** State, goal, and the commands that lead from one to the other. */
export function RunPanel({ live }: { readonly live: DetectorLive }): ReactNode {
  const { detector, status } = live;
  const session = useSession().data;
  const now = useServerNow();
  const age = useTopicAge('detector.status', live.statusAtMs);
  const commands = useRunCommand(detector.name);
  const [draft, setDraft] = useState<RunDraft>(emptyRun);
  const [aborting, setAborting] = useState(false);
  if (status === null) {
    return (
      <Panel title={detector.title || detector.name}>
        <LoadingState lines={3} label="Waiting for the state of the detector" />
      </Panel>
    );
  }
  const situation: CommandSituation = {
    status,
    stale: age.stale,
    permission: permissionOf(session, 'shifter', detector.name),
    me: session?.user?.id ?? null,
  };
  const state = stateWord(status.state, status.phase);
  const health = healthWord(status.health);
  const elapsed = elapsedSeconds(status, age.stale ? (live.statusAtMs ?? now) : now);
  const { run, goal } = status;
  const press = (command: RunCommandName): void => {
    if (command === 'abort') setAborting(true);
    else if (command === 'start' || command === 'prepare' || command === 'begin') {
      commands.send(command, status, { run: runRequestOf(draft) });
    } else commands.send(command, status);
  };
  return (
    <Panel
      title={detector.title || detector.name}
      aside={<LiveText age={age}>reported {utcTime(live.statusAtMs)} UTC</LiveText>}
    >
      <div className={classes['state']} data-running={(status.state === 'RUN' && !age.stale) || undefined}>
        <LiveText age={{ ...age, text: '' }}>
          <span className={classes['big']}>
            <StatusMark mark={age.stale ? 'neutral' : state.mark}>{state.word}</StatusMark>
          </span>
        </LiveText>
        {run === null ? null : (
          <span className={classes['big']}>
            Run <RunLink detector={detector.name} run={run.number} short />
          </span>
        )}
        {elapsed === null ? null : <span className={classes['big']}>{clock(elapsed)}</span>}
      </div>
      <Facts
        items={[
          [
            'Goal',
            <span key="goal">
              {goalWord(goal)}
              {goal.by === null ? '' : `, set by ${goal.by}`}
              {goal.since === null ? '' : ` at ${utcTime(goal.since)} UTC`}
            </span>,
          ],
          ['Actual', `${status.state}, ${phaseWord(status.phase)}`],
          [
            'Health',
            <span key="health">
              <StatusMark mark={health.mark}>{health.word}</StatusMark>
              {status.message === '' ? '' : `: ${status.message}`}
            </span>,
          ],
          ...(run === null ? [] : ([['Mode', run.mode]] as const)),
          ...(run === null || limitWords(run.limits) === ''
            ? []
            : ([['Ends', limitWords(run.limits)]] as const)),
        ]}
      />
      <CommandRow
        reasonOf={(command) => commandReason(command, situation)}
        busy={commands.busy}
        running={status.state === 'RUN'}
        paused={status.phase === 'paused'}
        onPress={press}
      />
      <CommandProgress commands={commands} />
      {status.state === 'RUN' ? null : <RunForm detector={detector.name} draft={draft} onChange={setDraft} />}
      <ConfirmByName
        opened={aborting}
        title={`Abort the run of ${detector.name}`}
        name={detector.name}
        action="Abort run"
        withReason
        onConfirm={(reason) => commands.send('abort', status, { reason })}
        onClose={() => setAborting(false)}
      >
        The run stops at once, without draining the sources, and is marked as aborted. What was written stays.
        To end it in order, use End run.
      </ConfirmByName>
    </Panel>
  );
}

function limitWords(limits: {
  readonly events?: number | undefined;
  readonly seconds?: number | undefined;
}): string {
  return [
    limits.events === undefined ? '' : `after ${si(limits.events, '')} events`,
    limits.seconds === undefined ? '' : `after ${clock(limits.seconds)}`,
  ]
    .filter((text) => text !== '')
    .join(' or ');
}
