import { pino } from 'pino';
import type { AppConfig } from '../../platform/config/app-config.js';
import { createLog } from '../../platform/logging/create-log.js';
import { complain, greeting, tell } from './console.js';
import type { DetachedMessage } from './detach.js';
import { openLogFile } from './log-files.js';
import { Supervisor, type SupervisorOptions } from './supervisor.js';

export interface RunOptions {
  readonly config: AppConfig;
  /** Started by another terminal's --detach, which is told over IPC. */
  readonly detached: boolean;
  readonly foregroundLogs: boolean;
  /** Other programs in place of the real ones, for tests. */
  readonly plan?: SupervisorOptions['plan'];
}

/** Life of the supervisor process. Returns its exit code. */
export async function runSupervisor({ config, detached, foregroundLogs, plan }: RunOptions): Promise<number> {
  const destination = foregroundLogs
    ? undefined
    : pino.destination({ fd: openLogFile(config.logFolder, 'supervisor'), sync: true });
  const log = createLog('supervisor', config.logLevel, destination);
  const say = (line: string): void => {
    log.info(line);
    if (detached) report({ type: 'say', line });
    else if (!foregroundLogs) tell(`  ${line}`);
  };
  const supervisor = new Supervisor({ config, log, say, inheritOutput: foregroundLogs, plan });

  let signals = 0;
  let lastSignal = -Infinity;
  const ended = new Promise<void>((resolve) => {
    const onSignal = (signal: NodeJS.Signals): void => {
      // One Ctrl-C can arrive twice: from the terminal, and handed on by the command line.
      if (performance.now() - lastSignal < 1_000) return;
      lastSignal = performance.now();
      signals += 1;
      log.info({ signal }, 'asked to stop');
      if (signals === 1) void supervisor.stop().finally(resolve);
      else if (signals === 2) say('still closing; once more ends everything at once, without closing runs');
      else void supervisor.killChildren().finally(resolve);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });

  try {
    await supervisor.start();
    const setupLink = await supervisor.setupLink();
    const { address } = supervisor;
    if (detached) {
      report({
        type: 'up',
        ...(address === undefined ? {} : { address }),
        ...(setupLink === undefined ? {} : { setupLink }),
      });
    } else {
      tell(
        greeting({
          address,
          setupLink,
          authOff: config.auth === 'off',
          stopWith: 'Ctrl-C or "./countroom down"',
        }),
      );
    }
  } catch (error) {
    if (signals > 0) {
      await ended;
      return 0;
    }
    log.fatal({ err: error }, 'could not start');
    if (detached) report({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    else complain(error);
    return 1;
  }
  await ended;
  log.info('stopped');
  if (!detached) tell('Countroom has stopped.');
  return 0;
}

function report(message: DetachedMessage): void {
  if (process.connected) process.send?.(message);
}
