import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ChainedConsumer,
  ConsumerChain,
  type ConsumerEvents,
  type ConsumerSource,
  type ConsumerStatus,
  checkConsumers,
  DriverError,
  type Ring,
  type RunContext,
  type SpoolHandle,
  type startSpool,
} from '@countroom/drivers';

export interface ConsumersOptions {
  readonly source: ConsumerSource;
  readonly ring: Ring;
  readonly run: RunContext;
  readonly consumers: readonly ChainedConsumer[];
  readonly modules: string | undefined;
  /** Folder of the run for what consumers write. */
  readonly folder: string;
  readonly startSpool: typeof startSpool;
  readonly events: ConsumerEvents;
}

const spoolLimits = { segmentBytes: 256 * 1024 * 1024, minFreeBytes: 0 };

/** Throws one error that lists everything wrong with the consumers of a source. */
export function expectGoodConsumers(options: Omit<ConsumersOptions, 'run' | 'startSpool' | 'events'>): void {
  const findings = checkConsumers({ ...options, events: {} });
  if (findings.length > 0) throw new DriverError('consumer', options.source.source, findings.join('; '));
}

/** The consumers of one source during a run, and the files with the raw records of what they keep. */
export class SourceConsumers {
  /** Some of what is kept may still be written: its files are left to the next start. */
  stillWriting = false;

  private constructor(
    private readonly options: ConsumersOptions,
    private readonly chain: ConsumerChain,
    private readonly spools: ReadonlyMap<string, SpoolHandle>,
  ) {}

  /** To be called between a source's `prepare` and `start`. */
  static async start(options: ConsumersOptions): Promise<SourceConsumers> {
    const { source, run, consumers, folder } = options;
    const chain = new ConsumerChain(options);
    const spools = new Map<string, SpoolHandle>();
    for (const { name, keep } of consumers) {
      const ring = keep ? chain.output(name) : undefined;
      if (ring === undefined) continue;
      const target = join(folder, name);
      mkdirSync(target, { recursive: true });
      const facts = { source: name, schemas: source.tables, run, device: source.device };
      const fault = (error: DriverError): void =>
        options.events.log?.('error', name, `what it keeps could not be written: ${error.message}`);
      spools.set(
        name,
        await options.startSpool(ring, facts, { folder: target, name, ...spoolLimits }, { fault }),
      );
    }
    return new SourceConsumers(options, chain, spools);
  }

  statuses(): ConsumerStatus[] {
    return this.chain.statuses();
  }

  /** Ends a consumer for an operator; false when there is none of that name. */
  drop(name: string, by: string): boolean {
    return this.chain.drop(name, `dropped by ${by}`);
  }

  /** To be called when the source has closed its ring. What is kept lies in segments then, durable. */
  async finish(deadlineMs: number): Promise<void> {
    await this.chain.finish(deadlineMs);
    for (const [name, spool] of this.spools) {
      try {
        await spool.finish(deadlineMs);
      } catch (error) {
        this.stillWriting ||= error instanceof DriverError && error.code === 'deadline';
        const message = error instanceof Error ? error.message : String(error);
        this.options.events.log?.('error', name, `what it kept is not whole: ${message}`);
      }
    }
  }
}
