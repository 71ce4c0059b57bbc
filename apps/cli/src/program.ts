import { Command } from 'commander';
import { addFileStages } from './commands/file-stages.command.js';

/** The whole command line. Commands load what they need when they run, so that help and file commands answer at once. */
export function createProgram(version: string): Command {
  const program = new Command('countroom')
    .description(
      "A detector lab's counting room: run control, live monitoring, run database and reprocessing.",
    )
    .version(version)
    .showHelpAfterError('(countroom <command> --help shows how a command is used)')
    .exitOverride();
  addFileStages(program);
  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}
