import { join } from 'node:path';
import { DriverError } from '../errors.js';
import { Ring } from '../ring/ring.js';
import type { RingSize } from '../ring/ring-layout.js';
import { builtinConsumer } from './builtin/builtin-consumers.js';
import type { ConsumerEvents, ConsumerSettings, ConsumerSource, ConsumerStatus } from './consumer.api.js';
import { ConsumerHost, type HostOptions } from './consumer-host.js';
import { chosenChannels } from './consumer-loop.js';
import { moduleAddress } from './module-path.js';

/** A consumer and what it reads: the source, or what another consumer keeps. */
export interface ChainedConsumer extends ConsumerSettings {
  readonly input: string;
}

/** Everything that consumers of one source need. */
export interface ChainOptions {
  readonly source: ConsumerSource;
  readonly ring: Ring;
  readonly consumers: readonly ChainedConsumer[];
  /** Folder of modules of users; undefined: there is none. */
  readonly modules: string | undefined;
  /** Folder of the run for their files; each gets one of its own in it. */
  readonly folder: string;
  /** Size of the rings behind consumers that keep. */
  readonly outputSize?: Partial<RingSize>;
  readonly events: ConsumerEvents;
  readonly host?: Pick<HostOptions, 'startThread' | 'later'>;
}

/** How often the watchdog looks, ms. */
const lookMs = 250;

/**
 * Says everything that is wrong with the consumers of a source before any is started: names, inputs, circles, channels,
 * modules, settings. Empty when all is well.
 */
export function checkConsumers({ source, consumers, modules }: ChainOptions): string[] {
  const findings: string[] = [];
  const find = (name: string, problem: string): void => void findings.push(`consumer ${name}: ${problem}`);
  const names = consumers.map(({ name }) => name);
  for (const one of consumers) {
    const { name, kind, policy, threads } = one;
    if (names.indexOf(name) !== names.lastIndexOf(name)) find(name, 'there are two of this name');
    if (name === source.source) find(name, 'it has the name of the source');
    const problem = inputProblem(one, source.source, consumers);
    if (problem !== undefined) find(name, problem);
    if (threads > 1 && policy.kind !== 'obligatory')
      find(name, 'only obligatory consumers can share work between threads');
    if (kind !== 'module' && one.module !== undefined)
      find(name, `module is for the kind module, not for ${kind}`);
    for (const check of [
      () => chosenChannels(source, one.channels),
      () =>
        kind === 'module'
          ? moduleAddress(modules, one.module ?? '')
          : builtinConsumer(kind).parse(one.config),
    ]) {
      try {
        check();
      } catch (thrown) {
        find(name, thrown instanceof Error ? thrown.message : String(thrown));
      }
    }
  }
  return findings;
}

function inputProblem(
  consumer: ChainedConsumer,
  source: string,
  all: readonly ChainedConsumer[],
): string | undefined {
  const seen = new Set([consumer.name]);
  for (let input = consumer.input; input !== source; ) {
    const from = all.find(({ name }) => name === input);
    if (from === undefined) return `its input ${input} is neither the source ${source} nor a consumer`;
    if (!from.keep) return `its input ${input} keeps nothing; set keep there`;
    if (seen.has(input)) return `its input leads back to itself (${[...seen].join(', ')})`;
    seen.add(input);
    input = from.input;
  }
  return undefined;
}

/** The consumers of one source during a run: rings between them, watchdog, counters, orderly end. */
export class ConsumerChain {
  private readonly hosts: readonly ConsumerHost[];
  private readonly rings: ReadonlyMap<string, Ring>;
  private readonly timer: NodeJS.Timeout;

  /**
   * Starts all, the last of the data flow first; to be called between a source's `prepare` and `start`. Throws DriverError
   * `consumer` that lists everything that is wrong with the configuration.
   */
  constructor(options: ChainOptions) {
    const { source, consumers, events, host } = options;
    const findings = checkConsumers(options);
    if (findings.length > 0) throw new DriverError('consumer', source.source, findings.join('; '));
    const rings = new Map([[source.source, options.ring]]);
    for (const { name, keep } of consumers) if (keep) rings.set(name, Ring.create(options.outputSize));
    this.rings = rings;
    const depth = ({ input }: ChainedConsumer): number => {
      const from = consumers.find(({ name }) => name === input);
      return from === undefined ? 0 : 1 + depth(from);
    };
    this.hosts = [...consumers]
      .sort((a, b) => depth(b) - depth(a))
      .map(({ input, ...settings }) => {
        const { name, kind, module } = settings;
        const output = rings.get(name);
        const made = new ConsumerHost(rings.get(input)!, {
          settings,
          input,
          setup: {
            source,
            output: output?.buffer ?? null,
            module: kind === 'module' ? moduleAddress(options.modules, module ?? '').href : null,
            folder: join(options.folder, name),
          },
          events,
          ...host,
        });
        // Who reads what it keeps comes to an end as well.
        void made.done.then(() => output?.producer({ shared: true }).close());
        return made;
      });
    this.timer = setInterval(() => this.look(process.hrtime.bigint()), lookMs);
    this.timer.unref();
  }

  /** Ring with what a consumer keeps; undefined when it keeps nothing. */
  output(name: string): Ring | undefined {
    return this.rings.get(name);
  }

  /** Drops dead consumers; called four times a second by itself. */
  look(nowNs: bigint): void {
    for (const ring of this.rings.values()) {
      for (const found of ring.watchdog().look(nowNs)) this.hosts.some((host) => host.dropped(found));
    }
    for (const host of this.hosts) host.checkLoss();
  }

  /** Ends one consumer for an operator; false when there is none of that name. */
  drop(name: string, reason: string): boolean {
    return this.hosts.find((one) => one.name === name)?.drop(reason) ?? false;
  }

  /** All of them, in the order of the data flow. */
  statuses(): ConsumerStatus[] {
    return this.hosts.map((host) => host.status()).reverse();
  }

  /** Waits, after the source has closed its ring, until all are done; what takes too long is ended and said. */
  async finish(deadlineMs: number): Promise<ConsumerStatus[]> {
    const until = performance.now() + deadlineMs;
    for (const host of [...this.hosts].reverse()) await host.finish(Math.max(0, until - performance.now()));
    clearInterval(this.timer);
    return this.statuses();
  }
}
