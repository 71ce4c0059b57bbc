import { fileURLToPath } from 'node:url';
import { readArguments, usage } from './features/supervisor/command-line.js';
import { complain, greeting, tell } from './features/supervisor/console.js';
import { startDetached } from './features/supervisor/detach.js';
import { AlreadyRunningError, readInstance } from './features/supervisor/instance-file.js';
import { runSupervisor } from './features/supervisor/run-supervisor.js';
import { isDetached, loadConfig } from './platform/config/load-config.js';

async function main(argv: readonly string[]): Promise<number> {
  let given: ReturnType<typeof readArguments>;
  try {
    given = readArguments(argv);
  } catch (error) {
    complain(error);
    complain(usage);
    return 2;
  }
  const config = loadConfig(given.settings);
  const running = readInstance(config.dataFolder);
  if (running?.alive === true) throw new AlreadyRunningError(config.dataFolder, running.instance);

  if (!given.detach || isDetached()) {
    return runSupervisor({ config, detached: isDetached(), foregroundLogs: given.foregroundLogs });
  }
  const up = await startDetached({
    entry: fileURLToPath(import.meta.url),
    argv,
    logFolder: config.logFolder,
    say: (line) => tell(`  ${line}`),
  });
  tell(
    greeting({
      address: up.address,
      setupLink: up.setupLink,
      authOff: config.auth === 'off',
      stopWith: '"./countroom down"',
    }),
  );
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(1);
  },
);
