import { defineConfig } from 'vitest/config';

/**
 * Test kinds by suffix, over the whole workspace:
 *   *.spec.ts              unit, beside the code: no network, no database
 *   *.conformance.spec.ts  one suite over every implementation of a port
 *   *.int.spec.ts          with real PostgreSQL, Redis, ZeroMQ, processes
 *   *.vectors.spec.ts      reference values below COUNTROOM_TEST_DATA
 *   tools/lint/*.spec.ts   boundaries: every rule of imports bites
 * End-to-end tests in a browser live in apps/web-e2e and have a runner configuration of their own.
 */
const exclude = ['**/node_modules/**', '**/dist/**', '**/build/**', '**/.next/**', 'apps/web-e2e/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{packages,apps}/*/src/**/*.spec.ts',
            '{packages,apps}/*/src/**/*.spec.tsx',
            'tools/**/*.spec.ts',
          ],
          exclude: [...exclude, 'tools/lint/**', '**/*.int.spec.ts', '**/*.vectors.spec.ts'],
          pool: 'forks',
          // Four hundred files: a process and all imports anew for each took a third of the time. They leave nothing behind.
          isolate: false,
          maxWorkers: '100%',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{packages,apps}/*/src/**/*.int.spec.ts'],
          globalSetup: ['apps/server/src/platform/testing/postgres.global-setup.ts'],
          exclude,
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Processes and services are real: what needed a second try is named at the end.
          retry: 1,
          // They wait more than they compute: two at a time on any machine.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'boundaries',
          include: ['tools/lint/**/*.spec.ts'],
          pool: 'forks',
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'vectors',
          include: ['packages/*/src/**/*.vectors.spec.ts'],
          exclude,
          pool: 'forks',
          maxWorkers: '100%',
          testTimeout: 120_000,
        },
      },
    ],
  },
});
