import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, tell } from './features/supervisor/console.js';
import { type InstanceStatus, instanceStatus, stopInstance } from './features/supervisor/instance-control.js';
import { SupervisorRepository } from './features/supervisor/supervisor.repository.js';
import { loadConfig } from './platform/config/load-config.js';
import { runningDatabaseUrl } from './platform/database/embedded/embedded-postgres.js';

const usage = 'Usage: main.control.js status|down|setup-link [--data DIR] [--json]';

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const config = loadConfig(values.data === undefined ? {} : { COUNTROOM_DATA: resolve(values.data) });
  switch (positionals.join(' ')) {
    case 'status': {
      const status = instanceStatus(config.dataFolder);
      if (values.json) tell(JSON.stringify(status ?? { state: 'stopped' }));
      else tell(describe(status, config.dataFolder));
      return status?.state === 'running' ? 0 : 1;
    }
    case 'down': {
      const stopped = await stopInstance(config.dataFolder);
      if (values.json) tell(JSON.stringify({ stopped }));
      else
        tell(
          stopped
            ? 'Countroom has stopped.'
            : `Countroom is not running with the data folder ${config.dataFolder}.`,
        );
      return 0;
    }
    case 'setup-link': {
      const address = config.publicUrl ?? instanceStatus(config.dataFolder)?.address;
      const databaseUrl = config.databaseUrl ?? runningDatabaseUrl(config.dataFolder);
      if (address === undefined || address === null || databaseUrl === undefined) {
        throw new Error(
          `Countroom is not running with the data folder ${config.dataFolder}; start it with "./countroom up".`,
        );
      }
      const repository = new SupervisorRepository(databaseUrl);
      if (await repository.hasUsers()) {
        throw new Error('There are users already; an administrator sets passwords under Administration.');
      }
      tell(`${address}/setup#token=${await repository.createSetupToken()}`);
      return 0;
    }
    default:
      complain(usage);
      return 2;
  }
}

function describe(status: InstanceStatus | undefined, dataFolder: string): string {
  if (status === undefined) return `Countroom is not running with the data folder ${dataFolder}.`;
  if (status.state === 'lost')
    return `Countroom was killed (process ${status.pid}); "./countroom up" starts it again.`;
  const processes = status.processes.map(({ name, state, pid, restarts }) => {
    const process = pid === undefined ? '' : ` (process ${pid})`;
    const again = restarts === 0 ? '' : `, started again ${restarts} times`;
    return `  ${name}: ${state === 'silent' ? 'does not answer' : state}${process}${again}`;
  });
  return [
    `Countroom is ${status.state} at ${status.address ?? 'no address'} (process ${status.pid})`,
    ...processes,
  ].join('\n');
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(error instanceof TypeError ? 2 : 1);
  },
);
