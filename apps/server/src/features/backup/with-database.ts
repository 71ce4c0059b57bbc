import type { AppConfig } from '../../platform/config/app-config.js';
import { readCluster } from '../../platform/database/embedded/cluster.js';
import { EmbeddedPostgres, runningDatabaseUrl } from '../../platform/database/embedded/embedded-postgres.js';
import { AlreadyRunningError, InstanceFile, readInstance } from '../supervisor/instance-file.js';
import { BackupError } from './backup.errors.js';

/** For reading: the database wherever it runs, started for the while when nothing runs. */
export async function withDatabase<T>(
  config: AppConfig,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const url = config.databaseUrl ?? runningDatabaseUrl(config.dataFolder);
  if (url === undefined && readCluster(config.dataFolder) === undefined) {
    throw new BackupError(
      `There is no database in the data folder ${config.dataFolder}; name the right one with --data.`,
    );
  }
  return url === undefined ? withStoppedDatabase(config, work) : work(url);
}

/** For replacing everything: nobody else may use the data folder meanwhile. */
export async function withStoppedDatabase<T>(
  config: AppConfig,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const running = readInstance(config.dataFolder);
  if (running?.alive === true) throw new AlreadyRunningError(config.dataFolder, running.instance);
  if (config.databaseUrl !== undefined) return work(config.databaseUrl);
  const { file } = InstanceFile.claim(config.dataFolder);
  try {
    const postgres = EmbeddedPostgres.open({ dataFolder: config.dataFolder });
    const url = await postgres.start();
    try {
      return await work(url);
    } finally {
      await postgres.stop();
    }
  } finally {
    file.release();
  }
}
