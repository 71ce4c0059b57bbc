import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../platform/config/load-config.js';
import { query } from '../../platform/testing/test-server.js';
import { InstanceFile } from '../supervisor/instance-file.js';
import { withDatabase, withStoppedDatabase } from './with-database.js';

let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'countroom-with-'));
  chmodSync(dataFolder, 0o755);
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

const config = () => parseConfig({ COUNTROOM_DATA: dataFolder });

describe('the database for a backup', () => {
  it('is started for the while when nothing runs, and is stopped again', async () => {
    await withStoppedDatabase(config(), (url) => query(url, 'CREATE TABLE kept (n int)'));
    expect(existsSync(join(dataFolder, 'countroom.lock'))).toBe(false);
    expect(await withDatabase(config(), (url) => query(url, 'SELECT count(*) FROM kept'))).toEqual([
      { count: '0' },
    ]);
  });

  it('is not made where there was none', async () => {
    await expect(withDatabase(config(), () => Promise.resolve())).rejects.toThrow(
      /no database in the data folder/,
    );
    expect(existsSync(join(dataFolder, 'database'))).toBe(false);
  });

  it('is not replaced under a running Countroom', async () => {
    const { file } = InstanceFile.claim(dataFolder);
    await expect(withStoppedDatabase(config(), () => Promise.resolve())).rejects.toThrow(
      /is running already/,
    );
    file.release();
  });
});
