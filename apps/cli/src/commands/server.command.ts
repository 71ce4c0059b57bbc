import { type Command, Option } from 'commander';

interface UpOptions {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
  readonly detach?: boolean;
  readonly roles?: string;
  readonly detectors?: string;
  readonly workers?: string;
  readonly foregroundLogs?: boolean;
}

/** Starting and stopping the server, its backups, and the tests of this checkout. */
export function addServer(program: Command): void {
  program
    .command('up')
    .summary('start everything and print the address')
    .description(
      'Starts the database, the server with its dashboard, acquisition and a worker. Ctrl-C stops them in order.',
    )
    .option('-p, --port <port>', 'port to listen on')
    .option('--host <address>', 'address to listen on; only this machine can connect unless you change it')
    .option('--data <dir>', 'folder for the database and all files')
    .option('--detach', 'go on in the background')
    .addOption(new Option('--roles <list>', 'which of api, acquisition, worker to run here'))
    .addOption(new Option('--detectors <names>', 'for which detectors to run acquisition here'))
    .addOption(new Option('--workers <n>', 'how many workers to run here'))
    .addOption(new Option('--foreground-logs', 'write the logs of all processes to this terminal'))
    .action(async (options: UpOptions) => {
      const { runProgram } = await import('./child.js');
      const { detach, foregroundLogs, ...settings } = options;
      await runProgram(
        'apps/server/dist/main.supervisor.js',
        [
          ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
          ...(detach === true ? ['--detach'] : []),
          ...(foregroundLogs === true ? ['--foreground-logs'] : []),
        ],
        'What was recorded is kept: start it again with "./countroom up".',
      );
    });

  control(program, 'down', 'stop everything in order');
  control(program, 'status', 'say what is running');
  control(program, 'setup-link', 'print a new link for creating the first administrator');

  for (const [name, summary] of [
    ['backup', 'write the run database into a folder'],
    ['restore', 'read the run database from a backup'],
  ] as const) {
    program
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.`)
      .argument('<folder>', name === 'backup' ? 'the backup to make' : 'the backup to read')
      .option('--data <dir>', 'data folder of the server')
      .option('--force', name === 'backup' ? 'replace an older backup' : 'replace what is in the database')
      .option('--json', 'one line of JSON')
      .action(async (folder: string, options: { data?: string; force?: boolean; json?: boolean }) => {
        const { runProgram } = await import('./child.js');
        await runProgram('apps/server/dist/main.backup.js', [
          name,
          folder,
          ...dataAndJson(options),
          ...(options.force === true ? ['--force'] : []),
        ]);
      });
  }

  program
    .command('test')
    .summary('run every check and test of this checkout')
    .description('Runs every check and test of this checkout; the last line counts the test cases.')
    .action(async () => {
      const { runProgram } = await import('./child.js');
      await runProgram('tools/test/run.mjs', []);
    });
}

function control(program: Command, name: string, summary: string): void {
  program
    .command(name)
    .summary(summary)
    .description(`${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.`)
    .option('--data <dir>', 'data folder of the server')
    .option('--json', 'one line of JSON')
    .action(async (options: { data?: string; json?: boolean }) => {
      const { runProgram } = await import('./child.js');
      await runProgram('apps/server/dist/main.control.js', [name, ...dataAndJson(options)]);
    });
}

function dataAndJson(options: { data?: string; json?: boolean }): string[] {
  return [
    ...(options.data === undefined ? [] : ['--data', options.data]),
    ...(options.json === true ? ['--json'] : []),
  ];
}
