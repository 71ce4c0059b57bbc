import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readJsonFile } from './json-file.js';

/** Reads a file of JSON, or of YAML when its name ends so. Errors name the file, and the place in it. */
export async function readStructuredFile(file: string): Promise<unknown> {
  if (!['.yaml', '.yml'].includes(extname(file).toLowerCase())) return readJsonFile(file);
  const { parse } = await import('yaml');
  const text = await readTextFile(file);
  try {
    return parse(text) as unknown;
  } catch (cause) {
    throw new Error(`${file} is not valid YAML: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Reads a text file: UTF-8, or the letters of older systems where it is none. Errors name it. */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new Error(
      isMissing ? `${file}: there is no such file` : `${file} cannot be read: ${String(cause)}`,
      { cause },
    );
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
