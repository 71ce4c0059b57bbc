import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AppError, type ImportFile } from '@countroom/contracts';
import { pathBelow } from '../datasets/stored-file.js';
import { detectBytes, mostDetectBytes, packedFormat, recogniseFormat } from './file-format.js';

const deepest = 8;
const mostFiles = 2_000;

/** Files that wait in the folder, by path. Hidden files and links to folders are left out; nothing when it is not there. */
export async function listImportFolder(folder: string): Promise<ImportFile[]> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return [];
  const files: ImportFile[] = [];
  for await (const path of walk(root, root, deepest)) {
    const file = await describe(root, path);
    if (file !== undefined) files.push(file);
    if (files.length >= mostFiles) break;
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function* walk(root: string, folder: string, levels: number): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (levels > 0) yield* walk(root, path, levels - 1);
    } else if (entry.isFile() || entry.isSymbolicLink()) yield relative(root, path);
  }
}

/** Undefined for what cannot be imported: links that lead out, what is no file, what may not be read. */
async function describe(root: string, path: string): Promise<ImportFile | undefined> {
  try {
    const { file, real, bytes, modifiedAt } = await openImportFile(root, path);
    try {
      const format =
        recogniseFormat(await firstBytes(file, detectBytes)) ??
        recogniseFormat(await firstBytes(file, mostDetectBytes)) ??
        (await packedFormat(real));
      return { path, bytes: bytes.toString(), modifiedAt: modifiedAt.toISOString(), format };
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

async function firstBytes(file: FileHandle, most: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
  return buffer.subarray(0, bytesRead);
}

export interface OpenImportFile {
  readonly file: FileHandle;
  /** Where it lies, links followed. */
  readonly real: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Opens a file of the folder for reading; whoever opened it closes it. Paths that lead out are refused. */
export async function openImportFile(folder: string, path: string): Promise<OpenImportFile> {
  const named = pathBelow(folder, path);
  if (named === undefined)
    throw new AppError('request.invalid', `${path} is not the path of a file inside the import folder.`);
  const [root, real] = await Promise.all([realpath(folder), realpath(named)]).catch((cause: unknown) => {
    throw new AppError('not-found', `There is no file ${path} in the import folder.`, { cause });
  });
  if (pathBelow(root, relative(root, real)) === undefined)
    throw new AppError('request.invalid', `${path} leads out of the import folder.`);
  // Pipes and devices would wait for somebody to write, or never end.
  if (!(await stat(real)).isFile()) throw new AppError('request.invalid', `${path} is not a file.`);
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw new AppError('input.invalid', `${path} cannot be read: ${String(cause)}`, { cause });
    },
  );
  const { size, mtime } = await file.stat();
  return { file, real, bytes: size, modifiedAt: mtime };
}
