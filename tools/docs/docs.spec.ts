import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map((name) => join('docs', String(name)))
    .filter((name) => name.endsWith('.md')),
];

/** Places in this repository that a page links to, as full paths. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```.*?^```/gms, '');
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => resolve(root, dirname(page), target));
}

describe('documentation', () => {
  it.each(pages)('%s links to what is there', (page) => {
    expect(linksOf(page).filter((target) => !existsSync(target))).toEqual([]);
  });

  it('has every page in its index', () => {
    const listed = linksOf('docs/README.md');
    const own = pages.filter((page) => /^docs\/(tutorials|how-to|explanations|reference)\//.test(page));
    expect(own.filter((page) => !listed.includes(join(root, page)))).toEqual([]);
  });
});
