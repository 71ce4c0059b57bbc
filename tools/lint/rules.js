/**
 * Who may import whom. Layers, from the bottom: contract, domain, engine, adapter, app (testing beside
 * the apps). A project imports its own layer's and lower layers' projects only as listed here.
 */
export const dependencyRules = [
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract'] },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: ['type:contract', 'type:domain'] },
  { sourceTag: 'type:engine', onlyDependOnLibsWithTags: ['type:contract', 'type:domain', 'type:engine'] },
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:contract', 'type:domain', 'type:engine'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:contract', 'type:domain', 'type:engine', 'type:adapter'],
  },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:contract', 'type:domain', 'type:engine', 'type:adapter'],
  },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:server', onlyDependOnLibsWithTags: ['scope:shared', 'scope:server'] },
  {
    sourceTag: 'type:contract',
    bannedExternalImports: ['@nestjs/*', '@prisma/*', 'bullmq', 'zeromq', 'koffi', 'h5wasm', 'next', 'pg'],
  },
  {
    sourceTag: 'type:domain',
    bannedExternalImports: ['@nestjs/*', '@prisma/*', 'bullmq', 'zeromq', 'koffi', 'h5wasm', 'next', 'pg'],
  },
  {
    sourceTag: 'type:engine',
    bannedExternalImports: ['@nestjs/*', '@prisma/*', 'bullmq', 'zeromq', 'koffi', 'next', 'pg'],
  },
];

const technology = [
  {
    files: ['packages/**/*.ts', 'apps/**/*.ts', 'apps/**/*.tsx'],
    allowedIn: ['packages/drivers/src/transports/**', 'packages/bus/src/**'],
    names: ['zeromq'],
    message: 'ZeroMQ is reached through packages/bus or packages/drivers/src/transports only.',
  },
  {
    files: ['packages/**/*.ts', 'apps/**/*.ts', 'apps/**/*.tsx'],
    allowedIn: ['packages/drivers/src/transports/**'],
    names: ['koffi'],
    message: 'Foreign functions are reached through packages/drivers/src/transports only.',
  },
  {
    files: ['packages/**/*.ts', 'apps/**/*.ts', 'apps/**/*.tsx'],
    allowedIn: ['apps/server/src/platform/queues/**'],
    names: ['bullmq'],
    message: 'BullMQ is reached through platform/queues only.',
  },
  {
    files: ['packages/**/*.ts', 'apps/**/*.ts', 'apps/**/*.tsx'],
    allowedIn: [
      'apps/server/src/platform/database/**',
      'apps/server/src/**/*.repository.ts',
      'apps/server/src/platform/queues/**',
      'apps/server/src/platform/testing/**',
    ],
    names: ['@prisma/client', '@prisma/adapter-pg', 'pg'],
    message: 'The database is reached through *.repository.ts and platform/database only.',
  },
];

/** One flat configuration entry per (files, allowed) pair; the last match wins, so bans are accumulated. */
export const restrictedImports = [
  {
    files: technology[0].files,
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: technology.flatMap((t) => t.names.map((name) => ({ name, message: t.message }))) },
      ],
    },
  },
  ...[...new Set(technology.flatMap((t) => t.allowedIn))].map((glob) => ({
    files: [glob],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: technology
            .filter((t) => !t.allowedIn.includes(glob))
            .flatMap((t) => t.names.map((name) => ({ name, message: t.message }))),
        },
      ],
    },
  })),
];

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only platform/config, the command line and test set-up read the environment.',
};
const terminate = {
  selector: "CallExpression[callee.property.name='terminate'][callee.object.name=/[wW]orker|[tT]hread/]",
  message: 'Threads with native sockets abort the process when terminated: stop them by message.',
};

export const restrictedSyntax = [
  {
    files: ['packages/**/*.ts', 'apps/server/**/*.ts', 'apps/web/**/*.{ts,tsx}'],
    ignores: [
      'apps/server/src/platform/config/**',
      '**/*.spec.ts',
      '**/testing/**',
      '**/*.bench.ts',
      'apps/web/next.config.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', environment] },
  },
  {
    // Threads of consumers can load no native add-ons, and code of users can only be stopped from outside.
    files: ['packages/drivers/**/*.ts', 'packages/bus/**/*.ts'],
    ignores: ['**/*.spec.ts', 'packages/drivers/src/core/consumers/consumer-thread.ts'],
    rules: { 'no-restricted-syntax': ['error', environment, terminate] },
  },
];
