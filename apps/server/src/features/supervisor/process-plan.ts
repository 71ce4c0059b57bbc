import { fileURLToPath } from 'node:url';
import type { AppConfig } from '../../platform/config/app-config.js';
import type { ProcessSpec } from './managed-process.js';

/** Which programs the supervisor runs; tests put their own in place. */
export interface ProcessPlan {
  readonly api: ProcessSpec | undefined;
  readonly workers: readonly ProcessSpec[];
  /** Undefined when acquisition does not run on this machine. */
  readonly acquisition: ((detector: string) => ProcessSpec) | undefined;
}

const entry = (name: string): string => fileURLToPath(new URL(`../../main.${name}.js`, import.meta.url));

/** A run is drained and closed before acquisition goes: that may take long. */
const stopDeadlineMs = { api: 10_000, worker: 12_000, acquisition: 90_000 };

export function processPlan(config: AppConfig, environment: NodeJS.ProcessEnv): ProcessPlan {
  const has = (role: AppConfig['roles'][number]): boolean => config.roles.includes(role);
  const count = has('worker') ? config.workers.processes : 0;
  return {
    api: has('api')
      ? { name: 'api', command: [entry('api')], environment, stopDeadlineMs: stopDeadlineMs.api }
      : undefined,
    workers: Array.from({ length: count }, (_, index) => ({
      name: `worker-${index + 1}`,
      command: [entry('worker')],
      environment,
      stopDeadlineMs: stopDeadlineMs.worker,
    })),
    acquisition: has('acquisition')
      ? (detector) => ({
          name: `acquisition-${detector}`,
          command: [entry('acquisition'), '--detector', detector],
          environment,
          stopDeadlineMs: stopDeadlineMs.acquisition,
        })
      : undefined,
  };
}
