import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, installBrowser } from './browser.mjs';

/**
 * Every check and test of this checkout, one after another; all of them run even when one fails. The last line counts
 * test cases: `N passed, N failed, N skipped`. A check (format, lint, types …) counts as one case.
 */
const workspace = join(dirname(fileURLToPath(import.meta.url)), '../..');
const results = join(workspace, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };
const environment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
  FORCE_COLOR: '0',
};

function run(command, args, stdio = 'inherit') {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: workspace, stdio, env: environment });
    const said = [];
    child.stdout?.on('data', (text) => said.push(text));
    child.stderr?.on('data', (text) => said.push(text));
    child.on('error', () => resolve({ code: 127, said: '' }));
    child.on('close', (code) => resolve({ code: code ?? 1, said: Buffer.concat(said).toString() }));
  });
}

/** One beside others keeps what it says until it has ended. */
async function check(name, command, args, { beside = false } = {}) {
  const started = Date.now();
  if (!beside) console.log(`\n== ${name}`);
  const { code, said } = await run(command, args, beside ? 'pipe' : 'inherit');
  if (beside) console.log(`\n== ${name}\n${said}`);
  total[code === 0 ? 'passed' : 'failed']++;
  console.log(
    `== ${name}: ${code === 0 ? 'passed' : `failed (${command} ended with ${code})`}, ${seconds(started)} s`,
  );
}

/** A run of the test runner; its cases are counted from its report. One beside others keeps what it says as well. */
async function suite(name, args, { beside = false } = {}) {
  const started = Date.now();
  if (!beside) console.log(`\n== ${name}`);
  const report = join(results, `${name.replace(/\W+/g, '-')}.json`);
  rmSync(report, { force: true });
  const { code, said } = await run(
    'npx',
    [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      '--reporter=./tools/test/second-try.reporter.mjs',
      `--outputFile.json=${report}`,
      ...args,
    ],
    beside ? 'pipe' : 'inherit',
  );
  if (beside) console.log(`\n== ${name}\n${said}`);
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  const {
    numPassedTests: passed = 0,
    numFailedTests: failed = 0,
    numPendingTests: pending = 0,
    numTodoTests: todo = 0,
  } = counted ?? {};
  // A file that cannot be loaded has no cases, and must still count.
  const broken = code !== 0 && failed === 0 ? 1 : 0;
  total.passed += passed;
  total.failed += failed + broken;
  total.skipped += pending + todo;
  console.log(
    `== ${name}: ${passed} passed, ${failed + broken} failed, ${pending + todo} skipped, ${seconds(started)} s`,
  );
}

function seconds(started) {
  return ((Date.now() - started) / 1000).toFixed(0);
}

mkdirSync(results, { recursive: true });
const browser = findBrowser() ?? (await installBrowser());
if (browser !== undefined) environment.COUNTROOM_BROWSER = browser;

await check('format', 'npx', ['biome', 'check', '--error-on-warnings', '.']);
// The import rules between projects need the graph of projects: the linter reads what is computed here.
await check('project graph', 'npx', ['nx', 'show', 'projects']);
await check('types', 'npx', ['tsc', '-b']);
await check('types of the dashboard', 'npx', ['tsc', '-p', 'apps/web', '--noEmit']);
await check('types of the tools', 'npx', ['tsc', '-p', 'tools/tsconfig.json']);
await suite('boundaries', ['--project', 'boundaries']);
await suite('vectors', ['--project', 'vectors']);
await suite('unit', ['--project', 'unit']);
// It keeps one core busy for minutes, and integration tests wait more than they compute.
const linted = check('lint', 'npx', ['eslint', '--max-warnings', '0', '.'], { beside: true });
await suite('integration', ['--project', 'integration']);
await linted;
if (browser === undefined) {
  total.failed++;
  console.log('\n== end to end: failed, there is no browser (see above)');
} else {
  // Each has a system and a browser of its own, and waits more than it computes.
  const browsing = ['--config', 'apps/web-e2e/vitest.config.js', '--project'];
  const looked = suite('end to end: look', [...browsing, 'look'], { beside: true });
  await suite('end to end: work', [...browsing, 'work']);
  await looked;
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
