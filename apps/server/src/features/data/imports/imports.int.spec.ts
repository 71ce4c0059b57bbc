import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Correspondence, ImportResult, Problem, RunDetail } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../../platform/http/testing/test-api.js';
import { waitFor } from '../../../platform/testing/wait-for.js';
import { fcioBytes, temporaryFolder, writeSampleFile } from '../testing/sample-files.js';

const place = temporaryFolder();
const store = join(place.path, 'files');
const incoming = join(store, 'imports/.incoming');
const folder = join(place.path, 'import');
let api: TestApi;
let shifter: Caller;

beforeAll(async () => {
  api = await startTestApi({ COUNTROOM_DATA: place.path });
  await api.prisma.detector.create({ data: { name: 'imported', kind: 'files' } });
  await api.prisma.detector.create({ data: { name: 'demo', kind: 'live' } });
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
  mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

async function upload(bytes: Buffer, query: string, as = shifter): Promise<Answer> {
  const response = await fetch(`${api.origin}/api/v1/imports/upload?${query}`, {
    method: 'PUT',
    headers: { ...as.headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
function fromFolder(path: string, more: object = {}): Promise<Answer> {
  return api.call('POST', '/imports/from-folder', { as: shifter, body: { path, ...more } });
}
function imported(answer: Answer): ImportResult {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as ImportResult;
}
function refusal(answer: Answer): string {
  return `${answer.status} ${(answer.body as Problem).code}: ${(answer.body as Problem).message}`;
}
const runs = (): Promise<number> => api.prisma.run.count();
const leftovers = (): string[] => (existsSync(incoming) ? readdirSync(incoming) : []);

describe('an upload', () => {
  it('becomes a run whose only dataset is the file', async () => {
    const bytes = fcioBytes(1);
    const result = imported(await upload(bytes, 'name=th228.fcio&comment=a%20source'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(result).toMatchObject({
      detector: 'imported',
      run: 1,
      format: 'fcio',
      bytes: String(bytes.length),
      sha256,
      known: false,
      dataset: { dataKind: 'daq', format: 'daq', rows: null, checksum: sha256, jobId: null },
    });
    expect(result.dataset.report).toMatchObject({ format: 'fcio', sha256, bytes: String(bytes.length) });
    expect(readFileSync(join(store, result.dataset.path))).toEqual(bytes);
    expect(leftovers()).toEqual([]);
    const run = (await api.call('GET', '/runs/imported/1', { as: shifter })).body as RunDetail;
    expect(run).toMatchObject({
      origin: 'imported',
      outcome: 'completed',
      by: 'shifter',
      comment: 'a source',
      dataKinds: ['daq'],
    });
    expect(run.startedAt).not.toBeNull();
    const audit = await api.prisma.auditEntry.findFirst({ where: { action: 'data.upload' } });
    expect(audit).toMatchObject({ actor: 'shifter', target: 'run imported/1', outcome: 'done' });
    expect(audit?.after).toMatchObject({ sha256, known: false });
  });

  it('of bytes that are there already names their run', async () => {
    const before = await runs();
    const again = imported(await upload(fcioBytes(1), 'name=other.fcio'));
    expect(again).toMatchObject({ run: 1, known: true });
    expect(await runs()).toBe(before);
    expect(readdirSync(join(store, 'imports/imported'))).toHaveLength(before);
  });

  it('gives a lost file its bytes back', async () => {
    const { dataset } = imported(await upload(fcioBytes(1), 'name=other.fcio'));
    rmSync(join(store, dataset.path));
    imported(await upload(fcioBytes(1), 'name=other.fcio'));
    expect(readFileSync(join(store, dataset.path))).toEqual(fcioBytes(1));
  });

  it('makes one run when the same bytes come twice at once, and numbers without gaps', async () => {
    const answers = await Promise.all([2, 2, 2, 3, 4].map((seed) => upload(fcioBytes(seed), 'name=a.fcio')));
    const results = answers.map(imported);
    expect(results.filter(({ known }) => !known)).toHaveLength(3);
    expect(new Set(results.slice(0, 3).map(({ run }) => run)).size).toBe(1);
    expect([...new Set(results.map(({ run }) => run))].sort()).toEqual([2, 3, 4]);
    expect(leftovers()).toEqual([]);
  });

  it('goes into a run that was imported before, beside its other files', async () => {
    const files = await Promise.all(
      ['raw', 'dsp', 'hit'].map(async (tier) => {
        const file = join(place.path, `tier-${tier}.lh5`);
        await writeSampleFile(file, `ch1/${tier}`);
        return readFileSync(file);
      }),
    );
    const first = imported(await upload(files[0]!, 'name=tier.lh5'));
    const into = `name=tier.lh5&run=${first.run}`;
    const more = await Promise.all(files.slice(1).map((bytes) => upload(bytes, into)));
    for (const answer of more) expect(imported(answer)).toMatchObject({ run: first.run, known: false });
    const run = (await api.call('GET', `/runs/imported/${first.run}`, { as: shifter })).body as RunDetail;
    expect([...run.dataKinds].sort()).toEqual(['dsp', 'hit', 'raw']);
    expect(new Set(run.datasets.map(({ path }) => path)).size).toBe(3);
    const belongs = await api.call('GET', `/datasets/${first.dataset.id}/correspondence`, { as: shifter });
    expect((belongs.body as Correspondence).sameRows).toHaveLength(3);
    expect(refusal(await upload(fcioBytes(9), 'name=a.fcio&run=9999'))).toMatch(
      /^404 .*no run imported\/9999/,
    );
    await api.prisma.run.update({ where: { id: run.id }, data: { origin: 'live' } });
    expect(refusal(await upload(fcioBytes(9), into))).toMatch(/^409 .*was not imported/);
    await api.prisma.run.update({ where: { id: run.id }, data: { origin: 'imported' } });
    expect(leftovers()).toEqual([]);
  });

  it('is known inside of its packing', async () => {
    const bytes = gzipSync(fcioBytes(77));
    const result = imported(await upload(bytes, 'name=packed.fcio.gz'));
    expect(result).toMatchObject({ format: 'fcio', bytes: String(bytes.length), dataset: { format: 'daq' } });
    expect(readFileSync(join(store, result.dataset.path))).toEqual(bytes);
  });

  it('is refused with what was seen when it is of no known format', async () => {
    const before = await runs();
    const tries: [Buffer, RegExp][] = [
      [Buffer.from('name,value\n1,2\n'.repeat(20)), /^415 input.unsupported: .*6e 61 6d 65/],
      [
        Buffer.from([0x1f, 0x8b, 8, 0, ...Buffer.alloc(100)]),
        /cannot be unpacked: .*packed file \(gzip\) is damaged/,
      ],
      [gzipSync('not a recording'), /unpacked, cannot be imported: /],
      [gzipSync(Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])), /packed HDF5 file/],
      [Buffer.alloc(0), /the file is empty/],
      [Buffer.from('x'), /415 input.unsupported/],
      [
        Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), Buffer.alloc(500, 7)]),
        /^422 input.invalid: a: .*damaged/,
      ],
    ];
    for (const [bytes, expected] of tries) expect(refusal(await upload(bytes, 'name=a'))).toMatch(expected);
    expect(await runs()).toBe(before);
    expect(leftovers()).toEqual([]);
  });

  it('is refused before its bytes are read when its target cannot take it', async () => {
    expect(refusal(await upload(fcioBytes(9), 'name=a&detector=demo'))).toMatch(
      /^409 conflict.state: .*takes its runs itself/,
    );
    expect(refusal(await upload(fcioBytes(9), 'name=a&detector=nobody'))).toMatch(/^404 not-found/);
    for (const name of ['', 'a%00b'])
      expect(refusal(await upload(fcioBytes(9), `name=${name}`))).toMatch(/^400 request.invalid/);
    const viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
    expect((await upload(fcioBytes(9), 'name=a', viewer)).status).toBe(403);
  });

  it('that is larger than the limit is refused at once', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const call = request(
        `${api.origin}/api/v1/imports/upload?name=big.fcio`,
        { method: 'PUT', headers: { ...shifter.headers, 'content-length': String(101 * 2 ** 30) } },
        (response) => {
          text(response).then((body) => resolve(`${response.statusCode} ${body}`), reject);
        },
      );
      call.on('error', reject);
      call.write(fcioBytes(1));
    });
    expect(answer).toMatch(/^413 .*100 GiB.*COUNTROOM_UPLOAD_LIMIT_GIB/);
    expect(leftovers()).toEqual([]);
  });

  it('that breaks off leaves nothing behind', async () => {
    const before = await runs();
    const call = request(`${api.origin}/api/v1/imports/upload?name=half.fcio`, {
      method: 'PUT',
      headers: { ...shifter.headers, 'content-length': '100000' },
    });
    call.on('error', () => undefined);
    call.write(fcioBytes(11));
    await waitFor('the temporary file', () => leftovers().length === 1);
    call.destroy();
    await waitFor('its removal', () => leftovers().length === 0);
    expect(await runs()).toBe(before);
    await waitFor('the audit line', () =>
      api.prisma.auditEntry.findFirst({
        where: {
          action: 'data.upload',
          outcome: 'refused',
          target: 'detector imported',
          after: { path: ['name'], equals: 'half.fcio' },
        },
      }),
    );
  });

  it('cannot choose where its file goes', async () => {
    const names = [
      '../../../etc/passwd',
      '/etc/cron.d/x',
      '..',
      '.',
      '..%2f..%2fx',
      'C:\\x\\y',
      '.ssh',
      'ü ß\n.fcio',
    ];
    for (const [index, name] of names.entries()) {
      const result = imported(await upload(fcioBytes(100 + index), `name=${encodeURIComponent(name)}`));
      expect(result.dataset.path).toMatch(/^imports\/imported\/[0-9a-f-]{36}\/[\p{L}\p{N}_][^/\\\0\n]*$/u);
      expect(existsSync(join(store, result.dataset.path))).toBe(true);
    }
  });

  it('of an LH5 file has the data kind of its tables', async () => {
    for (const [path, dataKind] of [
      ['ch0000001/raw', 'raw'],
      ['ch0000001/dsp', 'dsp'],
      ['hardware_tcm_1', 'tcm'],
      ['some/thing', 'raw'],
    ] as const) {
      const file = join(place.path, `${path.replace('/', '-')}.lh5`);
      await writeSampleFile(file, path);
      const result = imported(await upload(readFileSync(file), 'name=x.lh5'));
      expect(result).toMatchObject({ format: 'lh5', dataset: { dataKind, format: 'lh5', rows: '40' } });
    }
  });
});

describe('the import folder', () => {
  it('is listed with the formats of its files, and without what leads out of it', async () => {
    mkdirSync(join(folder, 'night/.hidden'), { recursive: true });
    writeFileSync(join(folder, 'night/a.fcio'), fcioBytes(20));
    writeFileSync(join(folder, 'night/.hidden/b.fcio'), fcioBytes(21));
    writeFileSync(join(folder, 'notes.txt'), 'hello');
    writeFileSync(join(place.path, 'secret'), fcioBytes(22));
    symlinkSync(join(place.path, 'secret'), join(folder, 'way-out'));
    symlinkSync(folder, join(folder, 'circle'));
    symlinkSync(join(folder, 'night/a.fcio'), join(folder, 'way-in'));
    const { body } = await api.call('GET', '/imports/folder', { as: shifter });
    const { files } = body as { files: { path: string; format: string | null; bytes: string }[] };
    expect(files.map(({ path, format }) => [path, format])).toEqual([
      ['night/a.fcio', 'fcio'],
      ['notes.txt', null],
      ['way-in', 'fcio'],
    ]);
    expect(files[0]?.bytes).toBe(String(fcioBytes(20).length));
  });

  it('gives its files as runs, and keeps them', async () => {
    const result = imported(await fromFolder('night/a.fcio', { comment: 'from the disk' }));
    expect(result).toMatchObject({ format: 'fcio', known: false });
    expect(result.dataset.path).toMatch(/\/a\.fcio$/);
    writeFileSync(join(folder, 'night/a.fcio'), 'changed afterwards');
    expect(readFileSync(join(store, result.dataset.path))).toEqual(fcioBytes(20));
    expect(leftovers()).toEqual([]);
  });

  it('is never left', async () => {
    const before = await runs();
    const tries: [string, RegExp][] = [
      ['../secret', /^400 request.invalid/],
      ['night/../../secret', /^400 request.invalid/],
      [join(place.path, 'secret'), /^400 request.invalid/],
      ['way-out', /^400 request.invalid: way-out leads out/],
      ['circle/../../secret', /^400/],
      ['a\0b', /^400/],
      ['%2e%2e%2fsecret', /^404/],
      ['missing', /^404 not-found/],
      ['night', /^400 request.invalid: night is not a file/],
      ['.', /^400/],
      ['notes.txt', /^415 input.unsupported/],
    ];
    for (const [path, expected] of tries) expect(refusal(await fromFolder(path)), path).toMatch(expected);
    for (const file of ['../secret', 'way-out', join(place.path, 'secret')]) {
      const query = new URLSearchParams({ file, path: 'kernel' }).toString();
      const answer = await api.call('GET', `/imports/folder/numbers?${query}`, { as: shifter });
      expect(refusal(answer), file).toMatch(/^400 request.invalid/);
    }
    expect(await runs()).toBe(before);
  });
});
