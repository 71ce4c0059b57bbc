import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { fileRules } from './dependency-rules.js';
import { dependencyRules, restrictedImports, restrictedSyntax } from './rules.js';

const here = dirname(fileURLToPath(import.meta.url));
const workspace = join(here, '../..');
const imports = join(here, 'fixtures/imports');

/** Each fixture breaks one rule as if it stood in the place of an existing file: the linter must say so. */
describe('rules between projects bite', () => {
  const eslint = new ESLint({ cwd: workspace });
  const fixtures = readdirSync(imports).map((name) => {
    const text = readFileSync(join(imports, name), 'utf8');
    const [, as, rule] = /^\/\/ as: (\S+)\n\/\/ breaks: (\S+)/.exec(text) ?? [];
    return { name, text, as: as!, rule: rule! };
  });

  it.each(fixtures)('$name', { timeout: 120_000 }, async ({ text, as, rule }) => {
    const [result] = await eslint.lintText(text, { filePath: join(workspace, as) });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  it('every kind of rule has a fixture', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(12);
    expect(
      [dependencyRules.length, restrictedImports.length, restrictedSyntax.length].every((n) => n > 0),
    ).toBe(true);
  });
});

describe('rules inside projects bite', () => {
  it.each(fileRules)('$name', { timeout: 120_000 }, async (rule) => {
    const result = await cruise(['apps', 'packages'], {
      baseDir: join(here, 'fixtures/tree'),
      ruleSet: { forbidden: [rule as never] },
      validate: true,
      tsPreCompilationDeps: true,
    });
    const output = result.output as { summary: { violations: { rule: { name: string } }[] } };
    expect(output.summary.violations.map((violation) => violation.rule.name)).toContain(rule.name);
  });
});

describe('the workspace keeps the rules inside projects', () => {
  it('has no violation', { timeout: 120_000 }, async () => {
    const result = await cruise(['apps/server/src', 'apps/cli/src', 'packages'], {
      baseDir: workspace,
      ruleSet: { forbidden: fileRules as never },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(node_modules|/dist/|/generated/|\\.d\\.ts$)' },
    });
    const output = result.output as {
      summary: { violations: { from: string; to: string; rule: { name: string } }[] };
    };
    expect(output.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual(
      [],
    );
  });
});
