import { readFile } from 'node:fs/promises';
import { parseJson } from '@countroom/contracts';

/** Reads a JSON file. Errors name the file, and for text that is not JSON, or has a key twice, the place in it. */
export async function readJsonFile(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new Error(missing ? `${file}: there is no such file` : `${file} cannot be read: ${String(cause)}`, {
      cause,
    });
  }
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Error(`${file} is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
