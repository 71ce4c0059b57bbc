/** Size of a ring. */
export interface RingSize {
  /** Records (encoded batches) that can wait; 1 to 65536. */
  readonly slots: number;
  /** Bytes of data that can wait; a record may take at most a quarter. Multiple of 8. */
  readonly bytes: number;
}

/** 1024 records, 32 MiB. */
export const defaultRingSize: RingSize = { slots: 1024, bytes: 32 * 1024 * 1024 };

/** Consumers, and members of work groups, that one ring can have at a time. */
export const maxConsumers = 32;

/**
 * How a consumer is treated when it is behind.
 * - `obligatory`: gets every record; its slots are held back and the producer waits.
 * - `lossy`: gets records in order; when the producer laps it, the oldest are dropped.
 * - `latest`: gets the newest record only; all before it are dropped.
 * - `sampled`: gets every n-th record (by sequence), dropped when lapped.
 * - `paced`: gets the newest record, at most so many per second.
 * - `random`: gets the first record put in after it asked (the call of `take` that finds nothing), never an older one.
 */
export type ConsumerPolicy =
  | { readonly kind: 'obligatory' }
  | { readonly kind: 'lossy' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'sampled'; readonly every: number }
  | { readonly kind: 'paced'; readonly perSecond: number }
  | { readonly kind: 'random' };

/** How a consumer takes part. */
export interface AttachOptions {
  /**
   * An obligatory consumer that shows no sign of life for so long, while records wait for it, may be dropped by the
   * watchdog; ns. Absent: it is never dropped.
   */
  readonly deadlineNs?: bigint;
}

/** Counters of one consumer. offered = delivered + dropped + lag, both in records and in rows. */
export interface ConsumerCounters {
  readonly name: string;
  readonly policy: ConsumerPolicy;
  readonly offered: bigint;
  readonly delivered: bigint;
  readonly dropped: bigint;
  readonly offeredRows: bigint;
  readonly deliveredRows: bigint;
  readonly droppedRows: bigint;
  /** Records waiting for it. */
  readonly lag: bigint;
  /** Age of the oldest record that waits for it, ns; 0 when none. */
  readonly lagNs: bigint;
  /** Time it held records, sum and longest, ns. */
  readonly serviceNs: bigint;
  readonly serviceMaxNs: bigint;
  /** Members of a work group; 0 for a consumer that works alone. */
  readonly members: number;
  /** False once the watchdog or an operator dropped it: what it did not get is in `dropped`. */
  readonly attached: boolean;
}

/** One record as a consumer gets it. */
export interface RingRecord {
  /** Place in the source's order, from 0 without gaps. */
  readonly sequence: bigint;
  readonly schemaId: number;
  readonly rows: number;
  /** Monotonic host time at which it was put in, ns. */
  readonly timeNs: bigint;
  /**
   * The encoded batch (see `decodeBatch`). For obligatory consumers a view of the ring, valid until the next
   * call of `take`; for others a copy.
   */
  readonly bytes: Uint8Array;
}

const policyKinds = ['obligatory', 'lossy', 'latest', 'sampled', 'paced', 'random'] as const;

/** A policy as two numbers, in which form it is kept in the ring's memory. */
export function policyNumbers(policy: ConsumerPolicy): { readonly kind: number; readonly value: number } {
  const kind = policyKinds.indexOf(policy.kind);
  if (policy.kind === 'sampled') return { kind, value: policy.every };
  return { kind, value: policy.kind === 'paced' ? policy.perSecond : 1 };
}

/** The policy of two numbers. */
export function policyOf(number: number, value: number): ConsumerPolicy {
  const kind = policyKinds[number] ?? 'lossy';
  if (kind === 'sampled') return { kind, every: value };
  return kind === 'paced' ? { kind, perSecond: value } : { kind };
}
