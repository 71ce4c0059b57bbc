import type { BuffersFrame, ConsumerStatusFrame } from '@countroom/contracts';
import { group, missing, percent, si } from '../../lib/format/numbers';

const health: Readonly<Record<ConsumerStatusFrame['state'], string>> = {
  starting: '… starting',
  working: '✓ working',
  restarting: '!!! starting anew',
  failed: '!!! failed',
  ended: '✓ ended',
};

/** Run time, events and life in one line. */
export function headline(frame: BuffersFrame): string {
  const { runSeconds, liveSeconds, events, phase } = frame;
  const life = runSeconds > 0 ? ` (${percent(liveSeconds / runSeconds)})` : '';
  const state = phase === 'taking' || frame.run === null ? '' : `, ${phase}`;
  return `${runSeconds.toFixed(0)} s, ${group(events)} events, live ${liveSeconds.toFixed(1)} s${life}${state}`;
}

/** Figures of the whole run by their names in picoDAQ, as name and text. */
export function runFigures(frame: BuffersFrame): (readonly [string, string])[] {
  const { runSeconds, liveSeconds } = frame;
  const events = Number(frame.events);
  const dead = events > 0 ? si(Math.max(0, runSeconds - liveSeconds) / events, 's') : missing;
  return [
    ['TRun', `${runSeconds.toFixed(1)} s`],
    ['Triggers', group(frame.events)],
    ['Lifetime', `${liveSeconds.toFixed(1)} s`],
    ['Dead time per trigger', dead],
    ['Rate in the lifetime', liveSeconds > 0 ? si(events / liveSeconds, 'Hz') : missing],
  ];
}

/** Name of a window. */
export function windowName(seconds: number | null): string {
  if (seconds === null) return 'the run';
  return seconds === 1 ? 'the last second' : `the last ${seconds} s`;
}

/** Named parts of the dead time, the largest first; those below a thousandth are left out. */
export function deadText(fractions: Readonly<Record<string, number>>): string {
  return Object.entries(fractions)
    .filter(([, part]) => part >= 0.001)
    .sort(([, a], [, b]) => b - a)
    .map(([name, part]) => `${name} ${percent(part)}`)
    .join(', ');
}

/** Health of a consumer with what a person needs to know of it. */
export function healthText(consumer: ConsumerStatusFrame): string {
  const { state, message, restarts, lagMs, unfinished, serviceMeanMs } = consumer;
  const notes = [
    message,
    restarts > 0 ? `started anew ${restarts === 1 ? 'once' : `${restarts} times`}` : '',
    unfinished === '0' ? '' : `${unfinished} not finished`,
    lagMs > 1000 ? `! lagging ! ${si(lagMs / 1000, 's')} behind` : '',
    serviceMeanMs > 0 ? `${si(serviceMeanMs / 1000, 's')} per record` : '',
  ];
  return [health[state], ...notes.filter((note) => note !== '')].join(', ');
}

/** Why a consumer cannot be dropped by itself; null when it can. */
export function endedReason({ state }: Pick<ConsumerStatusFrame, 'state'>): string | null {
  if (state === 'failed') return 'It gets no events any more.';
  return state === 'ended' ? 'It has ended.' : null;
}
