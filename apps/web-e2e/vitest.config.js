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

const all = 'apps/web-e2e/src/**/*.e2e.spec.ts';
const looking = ['chain-editor', 'data-views', 'focus', 'hdf5', 'pages', 'waveform-browser'].map(
  (name) => `apps/web-e2e/src/${name}.e2e.spec.ts`,
);

/** One system for all files of a project, one file after another, a real browser. */
const project = (name, files) => ({
  extends: true,
  test: { ...files, name, globalSetup: ['apps/web-e2e/src/harness/global-setup.ts'] },
});

/** End-to-end tests. The two projects share nothing and may run beside each other. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    projects: [project('look', { include: looking }), project('work', { include: [all], exclude: looking })],
    pool: 'forks',
    fileParallelism: false,
    sequence: { sequencer: FirstRunFirst },
    // Other work on a machine can stop a browser for seconds; what needed a second try is named at the end.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
