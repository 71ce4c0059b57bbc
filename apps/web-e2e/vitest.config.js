import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** The first start can be watched only once per system: that file goes first, the others by name. */
class FirstRunFirst extends BaseSequencer {
  sort(files) {
    const rank = ({ moduleId }) => `${moduleId.includes('first-run') ? 0 : 1} ${moduleId}`;
    return Promise.resolve([...files].sort((a, b) => rank(a).localeCompare(rank(b))));
  }
}

/** End-to-end tests: one system for the whole run, one file after another, a real browser. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'end to end',
    include: ['apps/web-e2e/src/**/*.e2e.spec.ts'],
    globalSetup: ['apps/web-e2e/src/harness/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    sequence: { sequencer: FirstRunFirst },
    // Other work on a machine can stop a browser for seconds; what needed a second try is named at the end.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
