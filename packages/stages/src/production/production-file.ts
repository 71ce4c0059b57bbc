import { readFile, rename, writeFile } from 'node:fs/promises';
import { StageError } from '@countroom/pipeline';
import { stage } from './file-pattern.js';
import { mergeProductions, type Production, production } from './production.js';

/** Writes what is known of a production as JSON; the file appears when it is whole. */
export async function writeProduction(file: string, found: Production): Promise<void> {
  const unnamed = `${file}.${process.pid}.new`;
  await writeFile(unnamed, `${JSON.stringify(found)}\n`);
  await rename(unnamed, file);
}

/** Reads what was written, of several files put together. Throws a StageError that names the file and the place in it. */
export async function readProduction(files: readonly string[]): Promise<Production> {
  const parts: Production[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new StageError(stage, `${file} cannot be read: ${String(cause)}`, [], cause);
    });
    parts.push(partOf(file, text));
  }
  return mergeProductions(parts);
}

function partOf(file: string, text: string): Production {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new StageError(stage, `${file} is not valid JSON`, [], cause);
  }
  const checked = production.safeParse(parsed);
  if (checked.success) return checked.data;
  const [fault] = checked.error.issues;
  throw new StageError(stage, `${file} lists no files: ${fault!.path.join('.')}: ${fault!.message}`);
}
