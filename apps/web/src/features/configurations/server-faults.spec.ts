import { describe, expect, it } from 'vitest';
import { saveFault, serverIssues } from './server-faults';

const sent = { sources: [{ name: 'room', config: { interval: 1, devices: [{ kind: 'a', address: 1 }] } }] };
const failure = {
  code: 'input.invalid' as const,
  message: 'The configuration cannot be used: …',
  issues: [{ path: 'content.sources.0.config.devices.0.kind', message: 'is there already' }],
};
const at = (address: number) => ({
  sources: [{ name: 'room', config: { interval: 2, devices: [{ kind: 'a', address }] } }],
});

describe('what the server found', () => {
  it('stands at the fields of the form, until something beside it is changed', () => {
    const place = { path: 'sources.0.config.devices.0.kind', message: 'is there already' };
    expect(serverIssues(failure, sent, sent)).toEqual([place]);
    expect(serverIssues(failure, sent, at(1))).toEqual([place]);
    expect(serverIssues(failure, sent, at(2))).toEqual([]);
    expect(serverIssues(undefined, undefined, sent)).toEqual([]);
  });
  it('may be of the whole content', () => {
    const whole = { ...failure, issues: [{ path: 'body.content', message: 'must be an object' }] };
    expect(serverIssues(whole, sent, sent)).toEqual([{ path: '', message: 'must be an object' }]);
  });
  it('is not told twice', () => {
    const marked = serverIssues(failure, sent, sent);
    expect(saveFault(failure, marked)?.message).toMatch(/^This was not saved/);
    expect(saveFault(failure, [])).toBeUndefined();
    const other = { ...failure, issues: [], message: 'Somebody else saved a version.' };
    expect(saveFault(other, [])).toBe(other);
  });
});
