import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultFiles } from './result-files.js';
import { type FolderEntry, runArchive, textEntry } from './run-archive.js';

const at = new Date('2026-01-02T03:04:00Z');
const quiet = new AbortController().signal;

/** Files of an archive by the list at its end. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Buffer>();
  let place = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((at, i) =>
      i === 0 ? zip.readUInt32LE(place + at) : zip.readUInt16LE(place + at),
    ) as [number, number, number, number];
    const method = zip.readUInt16LE(place + 10);
    const local = zip.readUInt32LE(place + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + packed);
    files.set(
      zip.toString('utf8', place + 46, place + 46 + name),
      method === 8 ? inflateRawSync(bytes) : bytes,
    );
    place += 46 + name + extra + comment;
  }
  return files;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cr-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function listed(below = folder): Promise<FolderEntry[]> {
  return resultFiles(below);
}

describe('the archive of a run', () => {
  it('holds every file below one folder, and the checksums of all', async () => {
    const entries = [
      textEntry('README.txt', 'read me\n'),
      textEntry('configuration/detector.yaml', 'a: 1\n'),
    ];
    const files = unzipped(await buffer(runArchive('muons_260102-0304', entries, { at, signal: quiet })));
    expect([...files.keys()]).toEqual([
      'muons_260102-0304/README.txt',
      'muons_260102-0304/configuration/detector.yaml',
      'muons_260102-0304/SHA256SUMS',
    ]);
    expect(files.get('muons_260102-0304/README.txt')?.toString()).toBe('read me\n');
    const sum = createHash('sha256').update('a: 1\n').digest('hex');
    expect(files.get('muons_260102-0304/SHA256SUMS')?.toString()).toContain(
      `${sum}  configuration/detector.yaml\n`,
    );
  });

  it('reads no faster than it is taken, and opens one file after the other', async () => {
    let [given, open] = [0, 0];
    const large = (name: string): FolderEntry => ({
      name,
      open: () => {
        open += 1;
        const bytes = Buffer.alloc(65_536);
        return new Readable({
          read() {
            for (let i = 0; i < bytes.length; i += 4)
              bytes.writeUInt32LE((given * 2654435761 + i * i) >>> 0, i);
            given += 1;
            this.push(given > 2000 ? null : Buffer.from(bytes));
          },
        });
      },
    });
    const stop = new AbortController();
    const archive = runArchive('x', [large('a'), large('b')], { at, signal: stop.signal });
    await new Promise<void>((resolve) => archive.once('readable', resolve));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(given).toBeLessThan(200);
    expect(open).toBe(1);
    const ended = new Promise((resolve) => archive.once('error', resolve));
    stop.abort();
    expect(String(await ended)).toContain('nobody waits');
  });

  it('leaves no file open when nobody waits before it begins, or while a file is opened', async () => {
    const opened: Readable[] = [];
    const slow = {
      name: 'a',
      open: () => new Promise<Readable>((resolve) => (give = () => resolve(made()))),
    };
    let give = (): void => undefined;
    const made = (): Readable => {
      const stream = new Readable({ read: () => undefined });
      opened.push(stream);
      return stream;
    };
    const failure = (archive: Readable) => new Promise((resolve) => archive.once('error', resolve));
    const early = runArchive('x', [slow], { at, signal: AbortSignal.abort() });
    expect(String(await failure(early))).toContain('nobody waits');
    const stop = new AbortController();
    const late = failure(runArchive('x', [slow], { at, signal: stop.signal }));
    stop.abort();
    await late;
    give();
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('breaks off when a file cannot be read', async () => {
    const gone: FolderEntry = { name: 'gone', open: () => Promise.reject(new Error('it is gone')) };
    const archive = runArchive('x', [textEntry('a', 'a'), gone], { at, signal: quiet });
    await expect(buffer(archive)).rejects.toThrow('it is gone');
  });
});

describe('result files', () => {
  it('are the text files of each consumer, without records, links and folders', async () => {
    mkdirSync(join(folder, 'muons', 'inner'), { recursive: true });
    writeFileSync(join(folder, 'muons', 'pFilt.csv'), '1, 2\n');
    writeFileSync(join(folder, 'muons', 'empty.txt'), '');
    writeFileSync(join(folder, 'muons', 'muons.lh5'), 'records');
    writeFileSync(join(folder, 'muons', 'inner', 'x.csv'), '');
    writeFileSync(join(folder, 'loose.csv'), '');
    symlinkSync('/etc/hostname', join(folder, 'muons', 'out.txt'));
    symlinkSync('/etc', join(folder, 'etc'));
    const found = await listed();
    expect(found.map(({ name }) => name)).toEqual(['results/muons/empty.txt', 'results/muons/pFilt.csv']);
    expect((await buffer(await found[1]!.open())).toString()).toBe('1, 2\n');
    expect((await buffer(await found[0]!.open())).length).toBe(0);
  });

  it('are refused when a link has taken the place of one meanwhile', async () => {
    mkdirSync(join(folder, 'muons'));
    writeFileSync(join(folder, 'muons', 'a.csv'), 'x');
    const [entry] = await listed();
    rmSync(join(folder, 'muons', 'a.csv'));
    symlinkSync('/etc/hostname', join(folder, 'muons', 'a.csv'));
    await expect(Promise.resolve(entry!.open())).rejects.toThrow('leads out');
  });

  it('say how many there are beyond those that are taken', async () => {
    for (const consumer of ['loud', 'muons']) {
      mkdirSync(join(folder, consumer));
      for (let i = 0; i < 4; i++) writeFileSync(join(folder, consumer, `${i}.csv`), '');
    }
    const found = await resultFiles(folder, 5);
    expect(found.map(({ name }) => name).slice(3)).toEqual([
      'results/loud/3.csv',
      'results/muons/0.csv',
      'results/LEFT-OUT.txt',
    ]);
    expect((await buffer(await found.at(-1)!.open())).toString()).toMatch(/^3 more files .* the first 5\./);
    expect((await resultFiles(folder, 8)).length).toBe(8);
  });

  it('are none where no consumer wrote', async () => {
    expect(await listed(join(folder, 'nowhere'))).toEqual([]);
  });
});
