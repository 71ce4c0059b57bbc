import type { SourceRecount } from './spool-recount.js';

/** What to pack: closed segments of one source, or of several sources of one run, in order. */
export interface PackOptions {
  /** Segment files in order. */
  readonly segments: readonly string[];
  /** Final name of the raw file. Written beside it under a temporary name, synced, then renamed. */
  readonly target: string;
  /** gzip level 0 (none) to 9 for waveforms and columns; default 0. */
  readonly compression?: number;
  /** Rows per written block and chunk; bounds the memory. Default 16384. */
  readonly blockRows?: number;
  /** When the target exists: `keep` answers with it unchanged, `replace` packs again. Default `keep`. */
  readonly existing?: 'keep' | 'replace';
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** Result of packing. */
export interface PackReport {
  readonly file: string;
  /** False when the file was there already and was kept. */
  readonly written: boolean;
  readonly bytes: number;
  /** Rows by table path, `run/info` included. */
  readonly rows: Readonly<Record<string, number>>;
  /** Rows of all tables but `run/info`, those that one event made counted once. */
  readonly events: number;
  /** What the segments tell of each source; empty when the file was kept. */
  readonly sources: readonly SourceRecount[];
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}
