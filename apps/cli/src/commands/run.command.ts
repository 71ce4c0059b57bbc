import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { collected, wholeNumber } from '../terminal/numbers.js';
import type { ExportOptions } from './export-run.js';
import type { RunOptions } from './steer-run.js';

const actions = [
  ['start', 'prepare and begin a run; takes the baton when it is free'],
  ['prepare', 'prepare every source (STOP to READY)'],
  ['begin', 'begin the run that was prepared (READY to RUN)'],
  ['pause', 'stop taking data for a while'],
  ['resume', 'go on after a pause'],
  ['end', 'drain the sources and close the run'],
  ['abort', 'close the run and mark it as aborted'],
] as const;

/** Steering runs through a server. */
export function addRun(program: Command): void {
  const run = program
    .command('run')
    .summary('steer the runs of a detector, and fetch them')
    .description('Steer the runs of a detector, and fetch them.');
  for (const [name, summary] of actions) {
    const command = connection(
      run.command(name).description(`${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.`),
    );
    if (name === 'start' || name === 'prepare' || name === 'begin') {
      command
        .option('--mode <name>', 'detector configuration to use; the active one by default')
        .option('--tag <tag>', 'tag of the run; may be given several times', collected)
        .option('--comment <text>', 'comment on the run')
        .option('--events <n>', 'end the run after so many events', wholeNumber(1))
        .option('--seconds <s>', 'end the run after so many seconds of taking data', positiveNumber);
    } else if (name !== 'pause' && name !== 'resume') {
      command.option('--reason <text>', 'kept with the run');
    }
    command.action(async (options: RunOptions) => {
      const { steerRun } = await import('./steer-run.js');
      await steerRun(name, options);
    });
  }
  connection(
    run
      .command('export')
      .description(
        'Fetch a run as a ZIP archive with one folder of readable text: configurations, resolved values, counters, log, results of consumers, list of data sets with checksums and lineage.',
      )
      .argument('<number>', 'number of the run', wholeNumber(0)),
  )
    .option('-o, --output <path>', 'file, or folder that it goes into; the working folder by default')
    .option('-f, --force', 'replace a file that is there')
    .action(async (number: number, options: ExportOptions) => {
      const { exportRun } = await import('./export-run.js');
      await exportRun(number, options);
    });
  connection(run.command('status').description('Say what the detector is asked to be, and what it is.'))
    .option('-f, --follow', 'go on whenever something changes, until Ctrl-C')
    .action(async (options: RunOptions & { follow?: boolean }) => {
      const { showStatus } = await import('./steer-run.js');
      await showStatus(options);
    });
}

function connection(command: Command): Command {
  return command
    .requiredOption('-d, --detector <name>', 'the detector')
    .option('--url <address>', 'address of the server; COUNTROOM_URL, else the one on this machine')
    .option('--data <dir>', 'data folder of the server on this machine')
    .option('--timeout <s>', 'give up when nothing was heard for so long', positiveNumber, 30)
    .option('--json', 'events as lines of JSON');
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It must be a number above 0.');
  }
  return value;
}
