import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { printedJson } from '../testing/printed-json.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-parameters-'));
  file = join(folder, 'validity.yaml');
  await writeFile(
    file,
    [
      '- {valid_from: 20260101T000000Z, apply: [first.json]}',
      '- {valid_from: 20260201T000000Z, apply: [second.yaml], mode: append}',
    ].join('\n'),
  );
  await writeFile(join(folder, 'first.json'), '{"ch1": {"pz": {"tau": "180*us"}, "gain": 2}}');
  await writeFile(join(folder, 'second.yaml'), 'ch1:\n  gain: 3\n');
});
afterEach(() => rm(folder, { recursive: true }));

const run = (...args: string[]): Promise<Record<string, unknown>> => printedJson('parameters', ...args);

describe('parameters of files', () => {
  it('are shown for a moment, and compared', async () => {
    expect(await run('show', file, '--at', '2026-01-15T00:00:00Z', '--channel', 'ch1')).toMatchObject({
      values: { pz: { tau: '180*us' }, gain: 2 },
    });
    expect(await run('show', file)).toMatchObject({ values: { ch1: { pz: { tau: '180*us' }, gain: 3 } } });
    expect(await run('diff', `${file}@20260115T000000Z`, `${file}@2026-02-15T00:00:00Z`)).toMatchObject({
      same: false,
      changes: [{ path: ['ch1', 'gain'], before: 2, after: 3 }],
    });
    expect(await run('import', file, '--set', 'hit', '--check')).toMatchObject({
      documents: ['first.json', 'second.yaml'],
    });
  });

  it('are refused with the place of the fault', async () => {
    await expect(run('show', join(folder, 'none.yaml'))).rejects.toThrow('there is no such file');
    await writeFile(file, '- {valid_from: 20260101T000000Z, apply: [../first.json]}');
    await expect(run('show', file)).rejects.toThrow('leads out of');
    await writeFile(file, '- {valid_from: yesterday, apply: [first.json]}');
    await expect(run('show', file)).rejects.toThrow('entry 1');
    await expect(run('show', file, '--at', 'noon')).rejects.toThrow('is no moment');
  });
});

describe('parameters of a server', () => {
  let server: Server;
  let url: string;
  let asked: { method: string; url: string; body: string; token: string | undefined }[];
  const set = {
    id: '0198c0de-0000-7000-8000-000000000001',
    name: 'hit',
    detector: null,
    description: '',
    createdAt: '2026-01-01T00:00:00.000Z',
    versions: 2,
    proposed: 0,
    channels: ['ch1'],
  };
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const { method = '', url: path = '' } = request;
        asked.push({ method, url: path, body, token: request.headers.authorization });
        const answer = path.includes('/export')
          ? { validity: '[]', documents: { 'a/b.json': { ch1: { gain: 1 } } } }
          : path.includes('/parameter-sets')
            ? [set]
            : path.includes('/import')
              ? { added: 2, known: 0 }
              : { values: { ch1: { gain: 4 } }, hash: '', versions: [], sources: {} };
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.stubEnv('COUNTROOM_TOKEN', 'secret-of-a-test');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await new Promise((resolve) => server.close(resolve));
  });

  it('are not shown of a set that there is not', async () => {
    await expect(run('show', 'hitt', '--url', url)).rejects.toThrow(
      'there is no set hitt of every detector; there are hit (every detector)',
    );
  });

  it('are listed, shown, compared with files, imported and exported, with a token', async () => {
    expect(await run('ls', '--url', url)).toMatchObject({ sets: [{ name: 'hit', versions: 2 }] });
    expect(await run('show', 'hit', '--url', url, '--run', '7', '-d', 'demo')).toMatchObject({
      values: { ch1: { gain: 4 } },
    });
    expect(asked[1]!.url).toBe('/api/v1/parameters?set=hit&detector=demo&run=7');
    expect(asked[1]!.token).toContain('secret-of-a-test');
    expect(await run('diff', file, 'hit', '--url', url)).toMatchObject({
      changes: [
        { path: ['ch1', 'gain'], before: 3, after: 4 },
        { path: ['ch1', 'pz', 'tau'], before: '180*us' },
      ],
    });
    expect(await run('import', file, '--set', 'hit', '--url', url)).toMatchObject({ added: 2 });
    expect(JSON.parse(asked.at(-1)!.body)).toMatchObject({
      set: 'hit',
      detector: null,
      documents: { 'second.yaml': { ch1: { gain: 3 } } },
    });
    const out = join(folder, 'out');
    await run('export', 'hit', '--url', url, '-o', out);
    expect(await readFile(join(out, 'a/b.json'), 'utf8')).toContain('"gain": 1');
    await expect(run('export', 'hit', '--url', url, '-o', out)).rejects.toThrow('exists already');
    await expect(run('export', 'dsp', '--url', url, '-o', out)).rejects.toThrow('there is no set dsp');
  });
});
