import { Command } from 'commander';
import { addAnalyses } from './commands/analyses/analyses.command.js';
import { addEventStages } from './commands/event-stages.command.js';
import { addFileStages } from './commands/file-stages.command.js';
import { addImportConfig } from './commands/import-config.command.js';
import { addLh5 } from './commands/lh5/lh5.command.js';
import { addLookForDevices } from './commands/look-for-devices.command.js';
import { addOrca } from './commands/orca.command.js';
import { addParameters } from './commands/parameters.command.js';
import { addProduction } from './commands/production.command.js';
import { addPulseCommands } from './commands/pulses.command.js';
import { addRun } from './commands/run.command.js';
import { addServer } from './commands/server.command.js';
import { addSkim } from './commands/skim.command.js';

/** The whole command line. Commands load what they need when they run, so that help and file commands answer at once. */
export function createProgram(version: string): Command {
  const program = new Command('countroom')
    .description(
      "A detector lab's counting room: run control, live monitoring, run database and reprocessing.",
    )
    .version(version);
  addServer(program);
  addRun(program);
  addFileStages(program);
  addEventStages(program);
  addSkim(program);
  addProduction(program);
  addPulseCommands(program);
  addAnalyses(program);
  addParameters(program);
  addLh5(program);
  addOrca(program);
  addLookForDevices(program);
  addImportConfig(program);
  strict(program);
  return program;
}

/** Wrong usage is thrown instead of ending the process, and followed by a word on help; in every command below too. */
function strict(command: Command): void {
  command.exitOverride().showHelpAfterError('(add --help for how to use it)');
  for (const child of command.commands) strict(child);
}
