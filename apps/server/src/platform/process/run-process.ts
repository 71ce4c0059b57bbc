import type { AppConfig } from '../config/app-config.js';
import { loadConfig } from '../config/load-config.js';
import { createLog, type Log } from '../logging/create-log.js';
import { aliveMs, tellSupervisor } from './child-messages.js';

export interface RunningProcess {
  /** Where it can be reached, for the person who started it. */
  readonly address?: string;
  /** Finishes what is under way; called once. */
  close(): Promise<void>;
}

/**
 * Life of an api, acquisition or worker process: settings, log, ready or failed told to the supervisor,
 * one orderly close on SIGTERM, SIGINT or when the supervisor is gone, and a clear end on a bug.
 */
export async function runProcess(
  name: string,
  start: (config: AppConfig, log: Log) => Promise<RunningProcess>,
): Promise<void> {
  let log: Log | undefined;
  let running: RunningProcess | undefined;
  let stopping = false;

  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log?.info({ why }, 'stopping');
    try {
      await running?.close();
      log?.info('stopped');
      process.exit(0);
    } catch (error) {
      log?.error({ err: error }, 'did not stop cleanly');
      process.exit(1);
    }
  };
  const crash = (error: unknown): void => {
    log?.fatal({ err: error }, 'a bug or a missing resource ended this process');
    process.exit(1);
  };

  process.once('uncaughtException', crash);
  process.once('unhandledRejection', crash);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  process.once('disconnect', () => void stop('the supervisor is gone'));

  try {
    const config = loadConfig();
    log = createLog(name, config.logLevel);
    running = await start(config, log);
  } catch (error) {
    log?.fatal({ err: error }, 'could not start');
    await tellSupervisor({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
  const { address } = running;
  log.info({ address }, 'ready');
  await tellSupervisor({ type: 'ready', ...(address === undefined ? {} : { address }) });
  setInterval(() => void tellSupervisor({ type: 'alive' }), aliveMs).unref();
}
