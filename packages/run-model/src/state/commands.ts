import type { RunCommandName, RunPhase, RunState } from '@countroom/contracts';

/** Whether a command may be given, and if not why; the reason is for a person and ends with the way out. */
export interface CommandDecision {
  readonly allowed: boolean;
  /** What the command will do, or why it may not be given. Never empty. */
  readonly reason: string;
}

type Row = Record<RunCommandName, CommandDecision>;
const yes = (reason: string): CommandDecision => ({ allowed: true, reason });
const no = (reason: string): CommandDecision => ({ allowed: false, reason });

const noRun = {
  pause: no('No run is being taken.'),
  resume: no('No run is paused.'),
};
const stopEarly = {
  end: yes('Stops the preparation and releases the sources.'),
  abort: yes('Stops the preparation and releases the sources.'),
};

function allRefused(reason: string): Row {
  const refused = no(reason);
  return {
    start: refused,
    prepare: refused,
    begin: refused,
    pause: refused,
    resume: refused,
    end: refused,
    abort: refused,
  };
}

const runIsOn = {
  start: no('A run is being taken already; end it first.'),
  prepare: no('A run is being taken; end it first.'),
  begin: no('A run is being taken already.'),
  end: yes('Drains the sources and closes the run.'),
  abort: yes('Ends the run and marks it as aborted; what was taken is kept.'),
};

const positions: Record<RunState, Partial<Record<RunPhase, Row>>> = {
  STOP: {
    idle: {
      start: yes('Prepares the sources and begins a run.'),
      prepare: yes('Prepares the sources.'),
      begin: no('No source is prepared: prepare first, or use start.'),
      ...noRun,
      end: no('There is nothing to end: no run is prepared or being taken.'),
      abort: no('There is nothing to abort: no run is prepared or being taken.'),
    },
    preparing: {
      start: no('The sources are being prepared already; wait for READY, then begin.'),
      prepare: no('The sources are being prepared already.'),
      begin: no('Not every source is READY yet; wait for the preparation to finish.'),
      ...noRun,
      ...stopEarly,
    },
  },
  READY: {
    idle: {
      start: yes('Begins a run; the sources are READY.'),
      prepare: no('The sources are READY already; begin, or end to release them.'),
      begin: yes('Begins a run.'),
      ...noRun,
      end: yes('Releases the sources; no run was begun.'),
      abort: yes('Releases the sources; no run was begun.'),
    },
    starting: {
      start: no('The run is being started already.'),
      prepare: no('The run is being started; end it first.'),
      begin: no('The run is being started already.'),
      pause: no('The run is still being started; wait until data is taken.'),
      resume: no('No run is paused.'),
      end: yes('Ends the run as soon as it has started.'),
      abort: yes('Aborts the run as soon as it has started.'),
    },
    closing: allRefused('The sources are being released; wait for STOP.'),
  },
  RUN: {
    taking: { ...runIsOn, pause: yes('Pauses the run.'), resume: no('The run is not paused.') },
    paused: { ...runIsOn, pause: no('The run is paused already.'), resume: yes('Goes on with the run.') },
    draining: allRefused('The run is ending: the sources hand over their last data. Wait for STOP.'),
    closing: allRefused('The run is ending: its data are being closed. Wait for STOP.'),
  },
};

/** True for the (state, phase) pairs that occur. */
export function isPosition(state: RunState, phase: RunPhase): boolean {
  return positions[state][phase] !== undefined;
}

/** A run was asked for and nothing of it has begun: what people want to stop must not begin behind their back. */
const takeBack = yes('Takes back what was asked for; nothing was prepared yet.');

/**
 * Decides a command for a detector in (state, phase) that is asked to be in `wanted`. Total: pairs that do not occur refuse
 * everything and say so. Who asks (role, baton) and whether the detector can be reached are other questions.
 */
export function decideCommand(
  command: RunCommandName,
  state: RunState,
  phase: RunPhase,
  wanted: RunState = 'STOP',
): CommandDecision {
  const row = positions[state][phase];
  const stops = command === 'end' || command === 'abort';
  if (stops && state === 'STOP' && phase === 'idle' && wanted !== 'STOP') return takeBack;
  return row === undefined
    ? no(`The detector reports state ${state} in phase ${phase}, which cannot be; restart its acquisition.`)
    : row[command];
}
