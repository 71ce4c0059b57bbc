import { describe, expect, it } from 'vitest';
import { createLog } from './create-log.js';
import { NestLog } from './nest-log.js';

function capture(use: (log: ReturnType<typeof createLog>) => void): {
  text: string;
  lines: Record<string, unknown>[];
} {
  const written: string[] = [];
  use(createLog('api', 'info', { write: (line: string) => void written.push(line) }));
  return {
    text: written.join(''),
    lines: written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('createLog', () => {
  it('writes one line per event, with process, level and time', () => {
    const { lines } = capture((log) => {
      log.info({ run: 7 }, 'run begun');
      log.debug('not written');
    });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/Z$/) as string,
        process: 'api',
        run: 7,
        msg: 'run begun',
      },
    ]);
  });

  it('removes secrets from fields, addresses and error messages', () => {
    const { text } = capture((log) => {
      log.info(
        { user: { name: 'ada', password: 'hush-1' }, headers: { authorization: 'Bearer hush-2' } },
        'log-in',
      );
      log.error(new Error('cannot reach postgresql://countroom:hush-3@127.0.0.1:5432/countroom'));
      log.info('open http://127.0.0.1:8420/setup#token=hush-4');
    });
    expect(text).toContain('ada');
    expect(text).toContain('postgresql://countroom:***@127.0.0.1');
    expect(text).not.toContain('hush');
  });

  it('keeps each line valid JSON when an address is redacted', () => {
    const { lines } = capture((log) =>
      log.info({ url: 'redis://:hush@host:6379' }, 'a "quoted" redis://u:hush@h/'),
    );
    expect(lines[0]).toMatchObject({ url: 'redis://:***@host:6379', msg: 'a "quoted" redis://u:***@h/' });
  });
});

describe('NestLog', () => {
  it('keeps context, fields and error apart', () => {
    const { lines } = capture((target) => {
      const log = new NestLog(target);
      log.log('run begun', { run: 7 }, 'RunsService');
      log.error('job failed', new Error('disk full'), 'JobsService');
      log.warn({ alarm: 'disk' }, 'Alarms');
    });
    expect(lines[0]).toMatchObject({ level: 'info', msg: 'run begun', run: 7, context: 'RunsService' });
    expect(lines[1]).toMatchObject({ level: 'error', msg: 'job failed', err: { message: 'disk full' } });
    expect(lines[2]).toMatchObject({ level: 'warn', alarm: 'disk', context: 'Alarms' });
  });
});
