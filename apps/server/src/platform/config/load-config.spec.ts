import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from './load-config.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('parseConfig', () => {
  it('works without any variable', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8420,
      auth: 'on',
      roles: ['api', 'acquisition', 'worker'],
    });
    expect(config.stores['data']).toBe(`${config.dataFolder}/files`);
    expect(config.bus.folder.length).toBeLessThanOrEqual(70);
  });

  it('takes an empty variable for an unset one', () => {
    expect(parseConfig({ COUNTROOM_PORT: '', REDIS_URL: '' })).toMatchObject({
      port: 8420,
      redisUrl: undefined,
    });
  });

  it('lists every fault with name, value and expectation', () => {
    expect(
      faultsOf({
        COUNTROOM_PORT: '80a',
        COUNTROOM_AUTH: 'no',
        COUNTROOM_LOG_LEVEL: 'loud',
        COUNTROOM_STORES: 'archive=relative',
        COUNTROOM_ROLES: 'api,cook',
      }),
    ).toEqual([
      'COUNTROOM_PORT is "80a"; expected a port number from 0 (any free one) to 65535',
      'COUNTROOM_AUTH is "no"; expected "on" or "off"',
      'COUNTROOM_LOG_LEVEL is "loud"; expected one of trace, debug, info, warn, error, fatal, silent',
      'COUNTROOM_STORES is "archive=relative"; expected name=/absolute/folder pairs separated by commas, names in lower case',
      'COUNTROOM_ROLES is "api,cook"; expected some of api, acquisition, worker, separated by commas',
    ]);
  });

  it('never shows the value of a variable that may hold a password', () => {
    const [fault] = faultsOf({ DATABASE_URL: 'mysql://me:secret@host/db' });
    expect(fault).toMatch(/^DATABASE_URL is set \(not shown.*expected a postgresql:\/\/ address$/);
    expect(fault).not.toContain('secret');
  });

  it.each(['0.0.0.0', '192.168.1.4', '::', 'daq.example.org'])(
    'refuses to switch log-in off on %s',
    (host) => {
      expect(faultsOf({ COUNTROOM_AUTH: 'off', COUNTROOM_HOST: host })).toHaveLength(1);
    },
  );

  it.each(['127.0.0.1', '127.3.2.1', 'localhost', '::1'])('lets log-in be switched off on %s', (host) => {
    expect(parseConfig({ COUNTROOM_AUTH: 'off', COUNTROOM_HOST: host }).auth).toBe('off');
  });

  it('reads lists, pairs and sizes', () => {
    const config = parseConfig({
      COUNTROOM_STORES: 'archive=/mnt/a, tape=/mnt/b',
      COUNTROOM_TRUSTED_PROXY: '10.0.0.0/8, 127.0.0.1',
      COUNTROOM_DISK_RESERVE_GIB: '2',
    });
    expect(config.stores).toMatchObject({ archive: '/mnt/a', tape: '/mnt/b' });
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '127.0.0.1']);
    expect(config.diskReserveBytes).toBe(2147483648);
  });

  it('is frozen to the bottom', () => {
    const config = parseConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.workers) && Object.isFrozen(config.stores)).toBe(
      true,
    );
  });
});
