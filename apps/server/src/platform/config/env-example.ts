import { type Variable, variables } from './variables.js';

/** Text of .env.example: every variable with what it is for, commented out. */
export function envExample(): string {
  const entries = (Object.entries(variables) as [string, Variable<unknown>][]).map(
    ([name, { about, expects, example }]) => `# ${about}\n# Expected: ${expects}.\n#${name}=${example}\n`,
  );
  const head =
    '# Settings of Countroom. Copy to .env and take away the "#" of the lines to change.\n# Made by: node tools/env-example.mjs\n';
  return [head, ...entries].join('\n');
}

/** Text of docs/reference/environment.md: the same as a table. */
export function environmentReference(): string {
  const rows = (Object.entries(variables) as [string, Variable<unknown>][]).map(
    ([name, { about, expects, example }]) => `| \`${name}\` | ${about} | ${expects} | \`${example}\` |`,
  );
  const head = [
    '# Environment',
    '',
    'Made by: `node tools/reference.mjs`. Every setting is a variable of the environment, or a line of the file `.env` in the',
    'checkout ([.env.example](../../.env.example) has them all); options of the [command line](command-line.md) come before both.',
    'The last column is the default, or an example where nothing is the default. All faults are listed at the start.',
    '',
    '| variable | about | expected | default or example |',
    '|---|---|---|---|',
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}
