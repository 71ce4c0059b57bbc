import { getPriority, setPriority } from 'node:os';

/**
 * Lets others go first (POSIX nice values are weights). A process that was started with a higher value keeps it: an
 * ordinary account may not take it back.
 */
export function giveWay(nice: number, system = { getPriority, setPriority }): void {
  if (system.getPriority() < nice) system.setPriority(nice);
}
