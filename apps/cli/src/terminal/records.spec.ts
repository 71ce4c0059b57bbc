import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDatabases } from './records.js';

describe('parameters by channel', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countroom-parameters-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function written(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  }

  it('come from YAML and JSON, later files over earlier ones', async () => {
    const first = await written('first.yaml', 'ch1:\n  pz: {tau: 180}\n  gain: 2\n');
    const second = await written('second.json', '{"ch1": {"pz": {"tau": 190}}}');
    expect(await readDatabases([first, second])).toEqual({ ch1: { pz: { tau: 190 }, gain: 2 } });
  });

  it('name the file, and a key that stands twice', async () => {
    const list = await written('list.yml', '- 1\n');
    await expect(readDatabases([list])).rejects.toThrow('list.yml must hold an object');
    const twice = await written('twice.json', '{"ch1": {"tau": 1,\n"tau": 2}}');
    await expect(readDatabases([twice])).rejects.toThrow(
      'twice.json is not valid JSON: ch1.tau stands twice, again in line 2',
    );
    const yaml = await written('twice.yaml', 'ch1: {tau: 1, tau: 2}\n');
    await expect(readDatabases([yaml])).rejects.toThrow('Map keys must be unique');
  });
});
