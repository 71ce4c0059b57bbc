import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Options {
  readonly name: string;
  readonly compiled: boolean;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const generator = new URL('../../generators/kernel/generator.mjs', import.meta.url).href;

/** The checkout as a generator sees it; what is written stays in memory. */
class Checkout {
  readonly written = new Map<string, string>();

  exists(path: string): boolean {
    return this.written.has(path) || existsSync(join(root, path));
  }

  read(path: string): string | null {
    if (!this.exists(path)) return null;
    return this.written.get(path) ?? readFileSync(join(root, path), 'utf8');
  }

  write(path: string, text: string): void {
    this.written.set(path, text);
  }
}

async function generated(options: Options): Promise<ReadonlyMap<string, string>> {
  const { default: run } = (await import(generator)) as {
    readonly default: (tree: Checkout, options: Options) => unknown;
  };
  const checkout = new Checkout();
  run(checkout, options);
  return checkout.written;
}

const source = 'packages/dsp/src';

describe('npx nx g kernel', () => {
  it('makes reference, test and entry, and registers the processor', async () => {
    const files = await generated({ name: 'half_life', compiled: false });
    expect([...files.keys()]).toEqual([
      `${source}/reference/half-life.reference.ts`,
      `${source}/reference/half-life.reference.spec.ts`,
      `${source}/spec/half-life.ts`,
      `${source}/spec/kernels.ts`,
    ]);
    const registry = files.get(`${source}/spec/kernels.ts`) ?? '';
    expect(registry).toContain("import { halfLifeKernel } from './half-life.js';");
    expect(registry).toMatch(/title: 'Other processors', kernels: \[.*halfLifeKernel\]/);
    expect(files.get(`${source}/spec/half-life.ts`)).toContain("name: 'half_life'");
  });

  it('makes the compiled form with an example for its test', async () => {
    const files = await generated({ name: 'half_life', compiled: true });
    expect(files.get(`${source}/assembly/half-life.ts`)).toContain('export function half_life<F>(');
    expect(files.get(`${source}/testing/kernel-examples.ts`)).toContain("'half_life.factor': 1.5");
    expect(files.get(`${source}/spec/half-life.ts`)).toContain('compiled: true');
  });

  it('refuses names that are taken or cannot be', async () => {
    await expect(generated({ name: 'pole_zero', compiled: false })).rejects.toThrow(/is there already/);
    await expect(generated({ name: 'Half-Life', compiled: false })).rejects.toThrow(/lower case/);
  });
});
