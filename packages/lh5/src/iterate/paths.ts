import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lh5Error } from '../errors.js';
import type { Lh5Reader } from '../ports.js';

/** Whether a text is a pattern: `*` any characters, `?` one, `[abc]` one of these. */
export function isPattern(text: string): boolean {
  return /[*?[]/.test(text);
}

/** A pattern for one level of a path as an expression. */
function expressionOf(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at]!;
    const end = letter === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (letter === '*') source += '.*';
    else if (letter === '?') source += '.';
    else if (end > 0) {
      const inside = pattern
        .slice(at + 1, end)
        .replaceAll('\\', '\\\\')
        .replace(/^!/, '^');
      source += `[${inside}]`;
      at = end;
    } else source += letter.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 'u');
}

/** The names that match one level of a pattern; hidden ones only where the pattern begins with a dot. */
export function matching(names: readonly string[], pattern: string): string[] {
  if (!isPattern(pattern)) return names.includes(pattern) ? [pattern] : [];
  const expression = expressionOf(pattern);
  return names
    .filter((name) => expression.test(name) && (!name.startsWith('.') || pattern.startsWith('.')))
    .sort();
}

async function filesMatching(pattern: string): Promise<string[]> {
  let found = ['/'];
  for (const part of resolve(pattern).split('/').slice(1)) {
    if (!isPattern(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const levels = await Promise.all(
      found.map(async (folder) => {
        const names = await readdir(folder).catch(() => []);
        return matching(names, part).map((name) => join(folder, name));
      }),
    );
    found = levels.flat();
  }
  return found;
}

/**
 * Paths of files, patterns (`raw/*.lh5`, `~/data/run0[12]/*`) replaced by the files that match them, in the order of their
 * names. Fails when a pattern matches nothing.
 */
export async function expandFiles(files: string | readonly string[]): Promise<string[]> {
  const expanded: string[] = [];
  for (const given of typeof files === 'string' ? [files] : files) {
    const file = given.startsWith('~/') ? join(homedir(), given.slice(2)) : given;
    if (!isPattern(file)) {
      expanded.push(file);
      continue;
    }
    const found = await filesMatching(file);
    if (found.length === 0) throw new Lh5Error('file-missing', 'no file matches this pattern', { file });
    expanded.push(...found);
  }
  if (expanded.length === 0) throw new Lh5Error('argument-invalid', 'there are no files to read');
  return expanded;
}

/** Paths of objects in a file, patterns per level (`ch*` + `/raw`) replaced by what matches them, in the order of names. */
export async function expandPaths(reader: Lh5Reader, pattern: string): Promise<string[]> {
  let found = [''];
  for (const part of pattern.split('/').filter((level) => level !== '')) {
    const next: string[] = [];
    for (const path of found) {
      const inside = path === '' ? part : `${path}/${part}`;
      if (!isPattern(part)) {
        if (await reader.has(inside)) next.push(inside);
        continue;
      }
      const { children } = await reader.tree(path, { depth: 1 });
      const names = matching(
        children.map(({ name }) => name),
        part,
      );
      next.push(...names.map((name) => (path === '' ? name : `${path}/${name}`)));
    }
    found = next;
  }
  return found;
}
