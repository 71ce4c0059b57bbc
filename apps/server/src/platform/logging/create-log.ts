import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/app-config.js';

export type Log = Logger;

const secretKeys = [
  'password',
  'passwordHash',
  'secret',
  'secretHash',
  'token',
  'cookie',
  'authorization',
  'csrfToken',
];
const credentialsInUrl = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*:)[^\s@/"\\]+@/gi;
const secretInLink = /([#?&]token=)[\w-]+/g;

/** One JSON line per event on standard output, secrets removed wherever they stand. */
export function createLog(process: string, level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { process },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '***' },
    hooks: {
      streamWrite: (line: string) => line.replace(credentialsInUrl, '$1***@').replace(secretInLink, '$1***'),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
