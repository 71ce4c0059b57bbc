import { dirname, resolve } from 'node:path';
import type { ImportedScope, ImportedSet, ScopeDialect } from '@countroom/drivers';
import { readTextFile } from '../terminal/structured-file.js';

/** An imported settings file, and the file that the scope's settings stood in. */
export interface ImportedFile extends ImportedScope {
  readonly file: string;
  /** Further files that the top file names, which belong to other parts of a configuration. */
  readonly others: Readonly<Record<string, string>>;
}

/** Keys of a top file that name other files. */
const parts = ['DeviceFile', 'BMfile', 'PFfile', 'ANAscript'];

/**
 * Imports the scope's settings of picoDAQ, picoCosmo or PhyPiDAQ: from the file itself, or from the one that a top
 * file names as its `DeviceFile`, relative to the top file or the working directory.
 */
export async function importConfig(file: string, dialect?: ScopeDialect): Promise<ImportedFile> {
  const { dialectOf, importScope, readSettings } = await import('@countroom/drivers');
  const top = readSettings(await readTextFile(file), file);
  const device = top['DeviceFile'];
  const name: unknown = Array.isArray(device) ? device[0] : device;
  const others = Object.fromEntries(
    parts.flatMap((key) => (typeof top[key] === 'string' && key !== 'DeviceFile' ? [[key, top[key]]] : [])),
  );
  const program = dialect ?? dialectOf(top, file);
  if (typeof name !== 'string') return { file, others, ...importScope(top, program) };
  const place = await firstThere([resolve(dirname(file), name), resolve(name)]);
  return { file: place, others, ...importScope(readSettings(await readTextFile(place), place), program) };
}

/**
 * Imports a top file and every file that it names, which are looked for relative to the top file and to the working
 * directory, as the content of one detector configuration.
 */
export async function importConfigSet(file: string): Promise<ImportedSet> {
  const { importSet, namedFiles, readSettings } = await import('@countroom/drivers');
  const text = await readTextFile(file);
  const named = namedFiles(readSettings(text, file)).filter(({ key }) => key !== 'ANAscript');
  const others = await Promise.all(
    named.map(async ({ name }) => {
      const place = await firstThere([resolve(dirname(file), name), resolve(name)]);
      return { name: place, text: await readTextFile(place) };
    }),
  );
  return importSet([{ name: file, text }, ...others]);
}

async function firstThere(places: readonly string[]): Promise<string> {
  const { access } = await import('node:fs/promises');
  for (const place of places) {
    const there = await access(place).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  return places[0] ?? '';
}
