import { dropConsumerCommand, setSignalCommand } from '@countroom/contracts';
import { z } from 'zod';
import type { DetectorMachine } from '../machine/detector-machine.js';
import type { Intent, IntentOrder } from '../store/intents.repository.js';
import type { Reports } from '../store/reports.js';
import { IntentWork } from './intent-work.js';

const settingParams = z.strictObject({
  signal: z.string(),
  value: z.union([z.number(), z.boolean(), z.string()]),
});
const dropParams = z.strictObject({ consumer: z.string() });
/** Progress is stored: a few lines per second are plenty. */
const progressMs = 500;

/** Runs drivers' commands beside the run, without holding up anything else. */
export class SourceCommands {
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly machine: DetectorMachine,
    private readonly reports: Reports,
  ) {}

  accept(intent: Intent, order: Extract<IntentOrder, { kind: 'source' }>): void {
    const work = new IntentWork(intent, this.reports);
    const task = this.run(work, order)
      .then(
        (result) => {
          this.reports.log(
            'info',
            `${intent.by} ran ${order.name} on ${order.source}`,
            this.machine.run?.id ?? null,
          );
          work.complete(`${order.name} done`, result);
        },
        (error: unknown) => work.fail(error instanceof Error ? error.message : String(error)),
      )
      .finally(() => this.running.delete(task));
    this.running.add(task);
  }

  async shutDown(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running);
  }

  private async run(work: IntentWork, order: Extract<IntentOrder, { kind: 'source' }>): Promise<unknown> {
    const slot = this.machine.slots.find((one) => one.name === order.source);
    if (slot === undefined) {
      const known = this.machine.slots.map((one) => one.name).join(', ');
      throw new Error(`There is no source ${order.source}; known are: ${known}`);
    }
    if (order.name === setSignalCommand) {
      const { signal, value } = settingParams.parse(order.params);
      const reading = await slot.open.writeSignal(signal, value);
      slot.readings.set(signal, reading);
      return { signal, value: reading.value };
    }
    if (order.name === dropConsumerCommand) {
      const { consumer } = dropParams.parse(order.params);
      slot.dropConsumer(consumer, work.intent.by);
      return { consumer };
    }
    let lastMs = 0;
    return slot.open.runCommand(order.name, order.params ?? {}, {
      signal: this.stopped.signal,
      onProgress: ({ fraction, message }) => {
        if (Date.now() - lastMs < progressMs) return;
        lastMs = Date.now();
        work.progress(`${Math.round(fraction * 100)} %: ${message}`);
      },
    });
  }
}
