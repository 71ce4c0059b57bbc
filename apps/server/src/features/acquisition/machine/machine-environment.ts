import type { DetectorConfiguration } from '@countroom/contracts';
import type { ChainedConsumer, RingSize, startSource, startSpool } from '@countroom/drivers';

/** What the machine needs of the world; tests bring their own. */
export interface MachineEnvironment {
  readonly startSource: typeof startSource;
  readonly startSpool: typeof startSpool;
  readonly monotonicMs: () => number;
  readonly monotonicNs: () => bigint;
  readonly epochNs: () => bigint;
  /** Folder of modules that configurations may name, and root of what consumers write; absent: no consumers. */
  readonly consumers?: { readonly modules: string | undefined; readonly folder: string };
}

export interface SourceConfiguration {
  readonly name: string;
  readonly driver: string;
  readonly simulated: boolean;
  readonly config: unknown;
  readonly ring: RingSize;
  readonly consumers: readonly ChainedConsumer[];
}

/** A detector configuration as stored, with what identifies it. */
export interface StoredConfiguration {
  readonly versionId: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly content: DetectorConfiguration;
}

const largestRing = 2 ** 30;

export function sourcesOf(configuration: DetectorConfiguration): SourceConfiguration[] {
  const { slots, slotBytes } = configuration.ring;
  const bytes = Math.min(largestRing, Math.max(4096, slots * slotBytes));
  const ring = { slots: Math.max(16, slots), bytes: bytes - (bytes % 8) };
  return configuration.sources.map((source) => ({
    ...source,
    ring,
    consumers: consumersOf(source.name, configuration),
  }));
}

/** Consumers that read a source, directly or through others; those that read nothing known go to the first, which says so. */
function consumersOf(source: string, { sources, consumers = [] }: DetectorConfiguration): ChainedConsumer[] {
  const rootOf = (input: string, steps = 0): string => {
    const from = consumers.find(({ name }) => name === input);
    return from === undefined || steps > consumers.length ? input : rootOf(from.input, steps + 1);
  };
  const known = sources.map(({ name }) => name);
  return consumers
    .filter(({ input }) => {
      const root = rootOf(input);
      return root === source || (source === known[0] && !known.includes(root));
    })
    .map(({ deadlineSeconds, module, ...one }) => ({
      ...one,
      ...(module === undefined ? {} : { module }),
      deadlineMs: 1000 * deadlineSeconds,
    }));
}
