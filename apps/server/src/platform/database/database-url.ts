import type { AppConfig } from '../config/app-config.js';

/** Processes below the supervisor are given the address of the database; without it they cannot do anything. */
export function requireDatabaseUrl(config: AppConfig): string {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  throw new Error(
    'DATABASE_URL is not set. "./countroom up" starts a database and sets it; a process started alone needs it.',
  );
}
