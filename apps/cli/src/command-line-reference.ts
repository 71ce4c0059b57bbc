import type { Command } from 'commander';
import { completeAnalyses } from './commands/analyses/analyses.command.js';
import { createProgram } from './program.js';

/** Text of docs/reference/command-line.md: the help of every command. */
export async function commandLineReference(): Promise<string> {
  const program = createProgram('0');
  await completeAnalyses(program);
  const head =
    '# Command line\n\n' +
    'Made by: `node tools/reference.mjs`. Exit codes: 0 fine, 1 failed, 2 wrong usage. Settings that have no option\n' +
    'are variables of the [environment](environment.md).';
  return `${head}\n\n${sections(program, []).join('\n\n')}\n`;
}

function sections(command: Command, above: readonly string[]): string[] {
  const path = [...above, command.name()];
  command.configureOutput({ getOutHelpWidth: () => 100, getOutHasColors: () => false });
  const own = `## ${path.join(' ')}\n\n\`\`\`\n${command.helpInformation().trimEnd()}\n\`\`\``;
  return [own, ...command.commands.flatMap((child) => sections(child, path))];
}
