import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

/** What a spool needs of a file system; exchangeable so that full disks can be played. */
export interface SpoolFiles {
  /** Makes a new file; fails when there is one. */
  create(file: string): number;
  /** Writes at the end; answers how many bytes went in. */
  write(descriptor: number, bytes: Uint8Array): number;
  truncate(descriptor: number, length: number): void;
  /** Resolves when the content is on the disk. */
  datasync(descriptor: number): Promise<void>;
  close(descriptor: number): void;
  /** Gives a file its final name and makes the folder's entry durable. */
  rename(from: string, to: string): void;
  /** Makes a folder's entries durable. */
  syncFolder(folder: string): void;
  /** Bytes that this process may still write below a folder. */
  freeBytes(folder: string): number;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The machine's file system. */
export const nodeFiles: SpoolFiles = {
  create: (file) => openSync(file, 'wx', 0o644),
  write: (descriptor, bytes) => writeSync(descriptor, bytes),
  truncate: (descriptor, length) => ftruncateSync(descriptor, length),
  datasync: promisify(fdatasync),
  close: (descriptor) => closeSync(descriptor),
  rename: (from, to) => renameSync(from, to),
  syncFolder,
  freeBytes: (folder) => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  },
};
