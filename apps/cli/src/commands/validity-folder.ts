import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { documentsOf, type ParameterTree, readDocument } from '@countroom/parameters';
import { readTextFile } from '../terminal/structured-file.js';
import { UsageError } from '../terminal/usage-error.js';

/** The text of a validity file, and the documents that it names, by name. */
export interface ValidityDocuments {
  readonly validity: string;
  readonly documents: Record<string, ParameterTree>;
}

/** A validity file and the documents that it names, which lie in its folder. */
export async function readValidityDocuments(file: string): Promise<ValidityDocuments> {
  const validity = await readTextFile(file);
  const documents: Record<string, ParameterTree> = {};
  for (const name of documentsOf(validity)) {
    documents[name] = readDocument(name, await readTextFile(below(dirname(file), name)));
  }
  return { validity, documents };
}

/** Writes a validity file and its documents into a folder; gives the files. */
export async function writeValidityDocuments(
  {
    validity,
    documents,
    format,
  }: { readonly validity: string; readonly documents: object; readonly format: string },
  { out, overwrite = false }: { readonly out: string; readonly overwrite?: boolean },
): Promise<string[]> {
  const files = new Map([[`validity.${format}`, validity]]);
  for (const [document, content] of Object.entries(documents))
    files.set(document, `${JSON.stringify(content, null, 2)}\n`);
  const places = [...files].map(([file, text]) => ({ path: below(out, file), text }));
  const taken = places.find(({ path }) => existsSync(path));
  if (taken !== undefined && !overwrite)
    throw new UsageError(`${taken.path} exists already; give --overwrite to replace it, or another --out`);
  for (const { path, text } of places) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return places.map(({ path }) => path);
}

/** A file below a folder; names that lead out of it are refused. */
function below(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(resolve(folder) + sep)) throw new UsageError(`${name} leads out of ${folder}`);
  return path;
}
