import type { DetectorConfiguration } from '@countroom/contracts';
import type { RingSize, startSource, startSpool } from '@countroom/drivers';

/** What the machine needs of the world; tests bring their own. */
export interface MachineEnvironment {
  readonly startSource: typeof startSource;
  readonly startSpool: typeof startSpool;
  readonly monotonicMs: () => number;
  readonly monotonicNs: () => bigint;
  readonly epochNs: () => bigint;
}

export interface SourceConfiguration {
  readonly name: string;
  readonly driver: string;
  readonly simulated: boolean;
  readonly config: unknown;
  readonly ring: RingSize;
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
  return configuration.sources.map((source) => ({ ...source, ring }));
}
