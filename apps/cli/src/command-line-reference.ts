import type { Command } from 'commander';
import { createProgram } from './program.js';

/** Text of docs/reference/command-line.md: the help of every command. */
export function commandLineReference(): string {
  const head =
    '# Command line\n\n' +
    'Made by: `node tools/reference.mjs`. Exit codes: 0 fine, 1 failed, 2 wrong usage. Settings that have no option\n' +
    'are variables of the [environment](environment.md).';
  return `${head}\n\n${sections(createProgram('0'), []).join('\n\n')}\n`;
}

function sections(command: Command, above: readonly string[]): string[] {
  const path = [...above, command.name()];
  command.configureOutput({ getOutHelpWidth: () => 100, getOutHasColors: () => false });
  const own = `## ${path.join(' ')}\n\n\`\`\`\n${command.helpInformation().trimEnd()}\n\`\`\``;
  return [own, ...command.commands.flatMap((child) => sections(child, path))];
}
