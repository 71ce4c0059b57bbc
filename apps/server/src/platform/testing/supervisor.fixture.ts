import { fileURLToPath } from 'node:url';
import { runSupervisor } from '../../features/supervisor/run-supervisor.js';
import { loadConfig } from '../config/load-config.js';

/** Stand-ins answer every second. */
const silence = { noticedMs: 3_000, restartMs: 6_000 };

/** The real supervisor over stand-ins for its children. `mode` is for the api. */
const [mode = ''] = process.argv.slice(2);
const entry = fileURLToPath(new URL('child.fixture.js', import.meta.url));

const code = await runSupervisor({
  config: loadConfig(),
  detached: false,
  foregroundLogs: false,
  plan: (_config, environment) => ({
    api: { name: 'api', command: [entry, 'api', mode], environment, stopDeadlineMs: 3_000, silence },
    workers: [
      { name: 'worker-1', command: [entry, 'worker-1'], environment, stopDeadlineMs: 3_000, silence },
    ],
    acquisition: (detector) => ({
      name: `acquisition-${detector}`,
      command: [entry, `acquisition-${detector}`],
      environment,
      stopDeadlineMs: 3_000,
      silence,
    }),
  }),
});
process.exit(code);
