/** Header of a protocol message: 64 bytes of text follow, the name `FlashCamV1` padded with zeros. */
export const protocolHeader = -1_000_000_001;

/** Bytes of the protocol text. */
export const protocolBytes = 64;

/** Protocol name that files of this format begin with. */
export const protocolName = 'FlashCamV1';

/** Record types by the tag of their message. */
export const tags = {
  config: 1,
  calib: 2,
  event: 3,
  status: 4,
  recEvent: 5,
  sparseEvent: 6,
  eventHeader: 7,
  fspConfig: 8,
  fspEvent: 9,
  fspStatus: 10,
} as const;

/** Names of record types in reports, by tag. */
export const recordNames: Readonly<Record<number, string>> = {
  1: 'Config',
  2: 'Calib',
  3: 'Event',
  4: 'Status',
  5: 'RecEvent',
  6: 'SparseEvent',
  7: 'EventHeader',
  8: 'FSPConfig',
  9: 'FSPEvent',
  10: 'FSPStatus',
};

/**
 * Largest tag that is taken for a record of an unknown type and skipped. The format reserves tags above 1e9; those
 * in use are single digits, so that anything large is rather a sign of damage.
 */
export const largestTag = 1_000_000;

/** Most channels (ADC and trigger traces together). */
export const maxChannels = 2400;

/** Most samples of a trace. */
export const maxSamples = 32_768;

/** Numbers in each of the arrays timeoffset, timestamp and deadregion, at most. */
export const smallArray = 10;

/** Words before the samples of a trace: baseline and integrator. */
export const traceHeaderWords = 2;

/** Event type whose dead region applies to the channels named in it only. */
export const sparseEventType = 11;

/** Length of one tick of the FPGA clock, ns. */
export const tickNs = 4;
