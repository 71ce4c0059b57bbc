import { UnknownFormat } from '../../hdf5/source.js';
import { signature } from '../signature.js';
import { ByteReader, Damage } from './byte-reader.js';
import type { FileBytes } from './file-bytes.js';

/** What the head of a file says. */
export interface Superblock {
  /** Address of the header of the root group. */
  readonly root: number;
  /** Bytes that the file should have at least. */
  readonly end: number;
  /** Bytes in front of address 0. */
  readonly base: number;
  /** A writer has the file open, or has left it so. */
  readonly beingWritten: boolean;
}

function findSignature(file: FileBytes): number | undefined {
  for (let at = 0; at + signature.byteLength <= file.size; at = at === 0 ? 512 : at * 2) {
    if (Buffer.compare(file.description(at, signature.byteLength), signature) === 0) return at;
  }
  return undefined;
}

function checkSizes(reader: ByteReader): void {
  const [addresses, lengths] = [reader.u8(), reader.u8()];
  if (addresses !== 8 || lengths !== 8)
    throw new UnknownFormat(`addresses of ${addresses} and lengths of ${lengths} bytes`);
}

function early(reader: ByteReader, version: number): Superblock {
  reader.skip(4);
  checkSizes(reader);
  reader.skip(1 + 4 + 4 + (version === 1 ? 4 : 0));
  const base = reader.address();
  reader.skip(8);
  const end = reader.address();
  reader.skip(8 + 8);
  return { root: reader.address(), end, base, beingWritten: false };
}

function late(reader: ByteReader, version: number): Superblock {
  checkSizes(reader);
  const flags = reader.u8();
  const openForWriting = 0b101;
  const base = reader.address();
  reader.skip(8);
  const end = reader.address();
  return {
    root: reader.address(),
    end,
    base,
    beingWritten: version >= 3 && (flags & openForWriting) !== 0,
  };
}

/** Reads the head of a file; undefined when it is no HDF5 file. */
export function readSuperblock(file: FileBytes): Superblock | undefined {
  const start = findSignature(file);
  if (start === undefined) return undefined;
  const head = start + signature.byteLength;
  const version = file.reader(head, 1).u8();
  if (version > 3) throw new UnknownFormat(`a superblock of version ${version}`);
  if (version <= 1) return early(file.reader(head + 1, Math.min(96, file.size - head - 1)), version);
  const whole = file.checked(start, 48);
  return late(new ByteReader(whole.bytes, signature.byteLength + 1), version);
}

/** Fails when the addresses of a file do not begin where it says. */
export function checkBase({ base, root }: Superblock): void {
  if (!Number.isFinite(base) || !Number.isFinite(root)) throw new Damage('the head of the file is wrong');
}
