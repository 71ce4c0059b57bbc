import type { ConsumerStatus } from '@countroom/drivers';
import type { AlarmCondition } from './store/acquisition-alarms.repository.js';

/** What is looked at of a source and its consumers. */
export interface WatchedConsumers {
  readonly name: string;
  readonly ringSlots: number;
  readonly consumerStatuses: readonly ConsumerStatus[];
  /** Consumers that people ended: nobody has to be told. */
  readonly droppedByPeople: ReadonlySet<string>;
}

/** Consumers that were given up during the run. */
export function consumerConditions({
  name: source,
  consumerStatuses,
  droppedByPeople,
}: WatchedConsumers): AlarmCondition[] {
  return consumerStatuses
    .filter(({ name, state }) => state === 'failed' && !droppedByPeople.has(name))
    .map(({ name, message, ring }) => ({
      subject: `${source}/${name}`,
      code: 'consumer.failed',
      severity: ring.policy.kind === 'obligatory' ? 'alarm' : 'warning',
      message: `Consumer ${name} of source ${source} was given up: ${message}. Raw data is complete, but what the consumer makes of it is not. Mend it; the next run has it again.`,
    }));
}

/** Why the buffer of a source is full, and what can be done about it. */
export function fullBufferText({ name, ringSlots, consumerStatuses }: WatchedConsumers): string {
  const [slowest] = consumerStatuses
    .filter(({ state, ring }) => state === 'working' && ring.policy.kind === 'obligatory')
    .sort((a, b) => Number(b.ring.lag - a.ring.lag));
  const what = `The buffer of source ${name} is full, the device waits:`;
  if (slowest !== undefined && Number(slowest.ring.lag) >= ringSlots / 2)
    return `${what} consumer ${slowest.name} is ${slowest.ring.lag} records behind. Make it faster, give it threads, or drop it in the buffer manager.`;
  return `${what} data comes faster than it can be written. Look at the disk, or take a larger buffer.`;
}
