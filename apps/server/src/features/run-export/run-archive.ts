import { createHash, type Hash } from 'node:crypto';
import { PassThrough, pipeline, Readable, Transform } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of a folder; it is opened when its turn comes. */
export interface FolderEntry {
  /** Path below the folder, with `/`. */
  readonly name: string;
  readonly open: () => Readable | Promise<Readable>;
}

export function textEntry(name: string, text: string | AsyncIterable<string>): FolderEntry {
  const open = (): Readable =>
    typeof text === 'string'
      ? Readable.from([Buffer.from(text)])
      : Readable.from(text, { objectMode: false });
  return { name, open };
}

const sums = 'SHA256SUMS';

/**
 * A ZIP archive with one folder, whose last file holds the checksums of all others. Each file is opened, packed and
 * closed before the next, so that an archive of any size needs the memory of a few blocks. A file that cannot be read
 * ends the stream with its error; `signal` ends it when nobody listens any more.
 */
export function runArchive(
  folder: string,
  entries: readonly FolderEntry[],
  { at, signal }: { readonly at: Date; readonly signal: AbortSignal },
): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const lines: string[] = [];
  let current: Readable | undefined;
  const add = (name: string, open: () => Promise<Readable>): void =>
    zip.addReadStreamLazy(`${folder}/${name}`, { mtime: at, mode: 0o100644 }, (done) => {
      open().then(
        (stream) => {
          current = stream;
          // Nobody may have waited any more while it was opened.
          if (out.destroyed) stream.destroy();
          done(null, stream);
        },
        (error: unknown) => done(error, Readable.from([])),
      );
    });
  for (const { name, open } of entries)
    add(name, async () => {
      const hash = createHash('sha256');
      return hashed(await open(), hash, () => lines.push(`${hash.digest('hex')}  ${name}\n`));
    });
  // Opened behind all others: by then their checksums are known.
  add(sums, () => Promise.resolve(Readable.from([Buffer.from(lines.join(''))])));
  zip.end();
  const fail = (error: Error): void => {
    current?.destroy();
    out.destroy(error);
  };
  zip.once('error', fail);
  pipeline(zip.outputStream, out, () => undefined);
  const giveUp = (): void => fail(new Error('nobody waits for the archive any more'));
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  return out;
}

function hashed(stream: Readable, hash: Hash, done: () => void): Readable {
  const through = new Transform({
    transform(chunk: Uint8Array, _encoding, next) {
      hash.update(chunk);
      next(null, chunk);
    },
    flush(next) {
      done();
      next();
    },
  });
  return pipeline(stream, through, () => undefined);
}
