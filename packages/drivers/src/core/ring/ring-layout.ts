/** Size of a ring. */
export interface RingSize {
  /** Records (encoded batches) that can wait; 16 to 65536. */
  readonly slots: number;
  /** Bytes of data that can wait; a record may take at most a quarter. Multiple of 8. */
  readonly bytes: number;
}

/** 1024 records, 32 MiB. */
export const defaultRingSize: RingSize = { slots: 1024, bytes: 32 * 1024 * 1024 };

/** Consumers that one ring can have at a time. */
export const maxConsumers = 16;

/**
 * How a consumer is treated when it is behind.
 * - `obligatory`: gets every record; its slots are held back and the producer waits.
 * - `lossy`: gets records in order; when the producer laps it, the oldest are dropped.
 * - `latest`: gets the newest record only; all before it are dropped.
 * - `sampled`: gets every n-th record (by sequence), dropped when lapped.
 */
export type ConsumerPolicy =
  | { readonly kind: 'obligatory' }
  | { readonly kind: 'lossy' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'sampled'; readonly every: number };

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
