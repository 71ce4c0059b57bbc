import { type CommandInfo, runRequest } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { emptyRun, runRequestOf } from './run-form';
import { isFinished, newKey } from './use-run-command';

describe('runRequestOf', () => {
  it('leaves out what was left empty', () => {
    expect(runRequestOf(emptyRun)).toEqual({ tags: [], comment: '', limits: {} });
    expect(runRequest.safeParse(runRequestOf(emptyRun)).success).toBe(true);
  });

  it('takes over what was filled in', () => {
    const draft = { mode: 'hv-scan', tags: ['test'], comment: 'x', events: 1000, seconds: 2.5 };
    expect(runRequestOf(draft)).toEqual({
      mode: 'hv-scan',
      tags: ['test'],
      comment: 'x',
      limits: { events: 1000, seconds: 2.5 },
    });
  });
});

describe('commands', () => {
  const info = (kind: CommandInfo['events'][number]['kind']): CommandInfo => ({
    id: '44444444-4444-4444-8444-444444444444',
    detector: 'demo',
    command: 'start',
    by: 'ada',
    createdAt: '2026-03-01T12:00:00.000Z',
    events: [{ sequence: 0, at: '2026-03-01T12:00:00.000Z', kind, message: '', result: null }],
  });

  it('are finished by a result, not by an acknowledgement', () => {
    expect(isFinished(info('acknowledged'))).toBe(false);
    expect(isFinished(info('progress'))).toBe(false);
    expect(isFinished(info('completed'))).toBe(true);
    expect(isFinished(info('failed'))).toBe(true);
    expect(isFinished(info('refused'))).toBe(true);
    expect(isFinished({ ...info('completed'), events: [] })).toBe(false);
  });

  it('get keys that never repeat', () => {
    const keys = new Set(Array.from({ length: 100 }, newKey));
    expect(keys.size).toBe(100);
    expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
  });
});
