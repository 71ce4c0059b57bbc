import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Environment } from '../../platform/config/load-config.js';

export interface SupervisorArguments {
  /** Settings given on the command line, in the form of their variables. */
  readonly settings: Environment;
  readonly detach: boolean;
  /** Output of all processes on this one's own output, for containers and service managers. */
  readonly foregroundLogs: boolean;
}

export const usage = `Usage: main.supervisor.js [--host ADDRESS] [--port PORT] [--data DIR] [--detach]
         [--roles api,acquisition,worker] [--detectors NAMES] [--workers N] [--foreground-logs]`;

/** Throws a TypeError for what is not understood. */
export function readArguments(argv: readonly string[]): SupervisorArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      data: { type: 'string' },
      roles: { type: 'string' },
      detectors: { type: 'string' },
      workers: { type: 'string' },
      detach: { type: 'boolean', default: false },
      'foreground-logs': { type: 'boolean', default: false },
    },
  });
  const given = {
    COUNTROOM_HOST: values.host,
    COUNTROOM_PORT: values.port,
    COUNTROOM_DATA: values.data === undefined ? undefined : resolve(values.data),
    COUNTROOM_ROLES: values.roles,
    COUNTROOM_DETECTORS: values.detectors,
    COUNTROOM_WORKERS: values.workers,
  };
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { settings, detach: values.detach, foregroundLogs: values['foreground-logs'] };
}
