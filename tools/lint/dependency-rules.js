/** Rules inside projects, checked by dependency-cruiser; rules between projects are in rules.js. */
export const fileRules = [
  {
    name: 'no-circles',
    comment: 'Files that import each other in a circle cannot be understood or tested alone.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'controllers-use-services',
    comment: 'A controller translates HTTP to a call of a service; only services know the repositories.',
    severity: 'error',
    from: { path: '\\.(controller|gateway)\\.ts$' },
    to: { path: '\\.repository\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'features-keep-their-insides',
    comment:
      'Another feature is used through its module, services and errors, never through its repositories or controllers.',
    severity: 'error',
    from: { path: '^apps/server/src/features/([^/]+)/', pathNot: '\\.spec\\.ts$' },
    to: {
      path: '^apps/server/src/features/[^/]+/.*\\.(controller|gateway|repository|processor)\\.ts$',
      pathNot: '^apps/server/src/features/$1/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'platform-knows-no-feature',
    comment: 'The platform serves every feature and depends on none.',
    severity: 'error',
    from: { path: '^apps/server/src/platform/', pathNot: '(\\.spec\\.ts$|/testing/)' },
    to: { path: '^apps/server/src/features/' },
  },
  {
    name: 'no-testing-at-run-time',
    comment: 'Helpers of tests never run in the product.',
    severity: 'error',
    from: { path: '/src/', pathNot: '(\\.spec\\.tsx?$|/testing/|\\.bench\\.ts$|/bench/)' },
    to: { path: '/testing/' },
  },
  {
    name: 'kernels-import-nothing',
    comment: 'A kernel is arithmetic: it takes values and gives values.',
    severity: 'error',
    from: { path: '^packages/dsp/src/(assembly|reference)/', pathNot: '\\.spec\\.ts$' },
    to: { pathNot: '^packages/dsp/src/(assembly|reference|spec)/' },
  },
];
