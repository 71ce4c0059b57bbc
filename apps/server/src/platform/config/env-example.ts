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
