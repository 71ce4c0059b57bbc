import type { logLevels, roles } from './variables.js';

export type Role = (typeof roles)[number];
export type LogLevel = (typeof logLevels)[number];

/** Deployment settings, read once from the environment and frozen. Also the token they are injected by. */
export abstract class AppConfig {
  abstract readonly dataFolder: string;
  abstract readonly logFolder: string;
  abstract readonly importFolder: string;
  /** Folder of each store on this machine; "data" is always there. */
  abstract readonly stores: Readonly<Record<string, string>>;
  abstract readonly host: string;
  abstract readonly port: number;
  abstract readonly publicUrl: string | undefined;
  abstract readonly trustedProxies: readonly string[];
  abstract readonly auth: 'on' | 'off';
  /** Undefined only in the supervisor, before it has started the embedded server. */
  abstract readonly databaseUrl: string | undefined;
  abstract readonly databasePool: number;
  abstract readonly redisUrl: string | undefined;
  abstract readonly logLevel: LogLevel;
  abstract readonly diskReserveBytes: number;
  abstract readonly uploadLimitBytes: number;
  abstract readonly roles: readonly Role[];
  abstract readonly detectors: readonly string[] | undefined;
  abstract readonly workers: {
    readonly processes: number;
    readonly concurrency: number;
    readonly threads: number;
  };
  abstract readonly bus: {
    readonly folder: string;
    readonly listen: string | undefined;
    readonly connect: readonly string[];
    readonly keyFile: string | undefined;
  };
}
