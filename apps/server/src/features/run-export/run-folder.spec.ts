import type { RunDetail } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configurationText, folderName, jobFile, logLine, readmeText } from './run-folder.js';

const run = { tags: [], detector: 'demo', number: 7, startedAt: '2026-11-21T09:05:59.000Z' };

describe('folder of a run', () => {
  it('is named after tag and moment of the start', () => {
    expect(folderName({ ...run, tags: ['muons', 'x'] })).toBe('muons_261121-0905');
    expect(folderName(run)).toBe('demo-7_261121-0905');
    expect(folderName({ ...run, startedAt: null })).toBe('demo-7');
  });
  it('has a plain name whatever the tag is', () => {
    expect(folderName({ ...run, tags: ['../../etc/passwd'] })).toBe('etc-passwd_261121-0905');
    expect(folderName({ ...run, tags: ['Nächte / 3'] })).toBe('N-chte-3_261121-0905');
    expect(folderName({ ...run, tags: ['…'] })).toBe('demo-7_261121-0905');
    expect(jobFile({ stage: 'find_pulses', id: '../1' })).toBe('configuration/jobs/find_pulses-1.yaml');
  });
  it('holds configurations as YAML with their origin above', () => {
    const content = { sources: [{ name: 'a', counts: '9007199254740993' }] };
    const text = configurationText({ name: 'muons', version: 3, hash: 'abc', content });
    expect(text).toMatch(/^# muons, version 3\n# SHA-256 .*abc\n/);
    expect(parse(text)).toEqual(content);
  });
  it('says when the run was not over, and keeps lines of the log apart', () => {
    const detail = { ...run, endedAt: null } as unknown as RunDetail;
    expect(readmeText(detail, 'now')).toContain('had not ended');
    expect(readmeText({ ...detail, endedAt: 'x' }, 'now')).not.toContain('had not ended');
    const entry = { at: 'T', level: 'info', author: 'ada', text: 'one\ntwo' } as Parameters<
      typeof logLine
    >[0];
    expect(logLine(entry)).toBe('T  info     ada: one\n    two\n');
  });
});
