import type { BuffersFrame, ConsumerStatusFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { buffersOption, historyPoints } from './buffers-option';
import { deadText, endedReason, headline, healthText, runFigures, windowName } from './prepare';

const frame: BuffersFrame = {
  run: 3,
  phase: 'paused',
  startedAt: null,
  runSeconds: 100,
  pausedSeconds: 5,
  events: '12345',
  liveSeconds: 90,
  windows: [],
  history: [0, 5, 20],
  historyStepMs: 1000,
  sources: [],
  consumers: [],
};
const consumer = {
  state: 'restarting',
  message: 'bad event 7',
  restarts: 2,
  lagMs: 2500,
  unfinished: '1',
  serviceMeanMs: 0.2,
} as ConsumerStatusFrame;

describe('buffer manager view', () => {
  it('says run time, events and life', () => {
    expect(headline(frame)).toMatch(/^100 s, 12.345 events, live 90\.0 s \(90\.0.%\), paused$/);
    expect(headline({ ...frame, run: null, runSeconds: 0 })).toMatch(/live 90\.0 s$/);
    expect(windowName(null)).toBe('the run');
    expect(windowName(10)).toBe('the last 10 s');
  });
  it('has the figures of the run by their old names', () => {
    const texts = (given: BuffersFrame): string[] => runFigures(given).map(([, text]) => text);
    expect(runFigures(frame).map(([name]) => name)).toEqual([
      'TRun',
      'Triggers',
      'Lifetime',
      'Dead time per trigger',
      'Rate in the lifetime',
    ]);
    expect(texts(frame).slice(2).join('; ')).toMatch(/^90\.0 s; 810.µs; 137.Hz$/);
    expect(texts({ ...frame, events: '0', liveSeconds: 0 }).slice(3)).toEqual(['–', '–']);
  });
  it('names dead parts, the largest first', () => {
    expect(deadText({ arming: 0.01, transfer: 0.2, other: 0.0001 })).toMatch(
      /^transfer 20\.0.%, arming 1\.0.%$/,
    );
  });
  it('never hides that a consumer is not well or behind', () => {
    expect(healthText(consumer)).toMatch(
      /^!!! starting anew, bad event 7, started anew 2 times, 1 not finished, ! lagging ! 2\.50.s behind, 200.µs per record$/,
    );
  });
  it('drops only a consumer that is still fed', () => {
    expect(endedReason({ state: 'working' })).toBeNull();
    expect(endedReason({ state: 'restarting' })).toBeNull();
    expect(endedReason({ state: 'failed' })).toContain('no events');
    expect(endedReason({ state: 'ended' })).toContain('ended');
  });
  it('draws the history on a logarithmic axis, zeros on its floor', () => {
    expect(historyPoints(frame)).toEqual([
      [-2, 0],
      [-1, 5],
      [0, 20],
    ]);
    const option = buffersOption(frame, '#123') as { series: { data: number[][] }[]; yAxis: { min: number } };
    expect(option.series[0]!.data[0]![1]).toBe(option.yAxis.min);
  });
});
