import type { RecordBatch } from '@countroom/records';
import { endingRun, infoLines } from '../info-table.js';
import { lastAccountIn, type SourceAccount } from '../source-account.js';
import type { SpoolHeader } from '../spool/spool.api.js';

/** What the spool of one source tells of its run. */
export interface SourceRecount {
  readonly source: string;
  /** Whole events: those of which every row is there. */
  readonly events: bigint;
  /** Bytes of its frames. */
  readonly bytes: bigint;
  /** Rows that one event makes. */
  readonly rowsPerEvent: number;
  /** Its counters at the last place where they were kept; undefined in a spool without accounts. */
  readonly account: SourceAccount | undefined;
  /** The account is that of the end: nothing was cut off. */
  readonly complete: boolean;
}

/** Rows by table of one source as whole events: an event that was cut off left rows in some of its tables. */
export function wholeEvents(rows: readonly number[], rowsPerEvent: number): number {
  const sum = rows.reduce((total, count) => total + count, 0);
  // With a row in every table per event, the shortest table tells.
  if (rows.length === rowsPerEvent) return Math.min(...rows);
  return Math.floor(sum / rowsPerEvent);
}

/** Counts what a source left in its segments, batch after batch. */
export class SpoolRecount {
  private readonly source: string;
  private readonly rowsPerEvent: number;
  private readonly rows: Map<string, number>;
  private bytes = 0n;
  private account: SourceAccount | undefined;
  private ended = false;
  private complete = false;

  constructor({ source, schemas, rowsPerEvent = 1 }: SpoolHeader) {
    this.source = source;
    this.rowsPerEvent = rowsPerEvent;
    this.rows = new Map(schemas.slice(1).map(({ name }) => [name, 0]));
  }

  /** The next batch; `isInfo`: one of `run/info`. */
  add(batch: RecordBatch, isInfo: boolean, bytes: number): void {
    this.bytes += BigInt(bytes);
    if (isInfo) this.addInfo(batch);
    else this.rows.set(batch.schema.name, (this.rows.get(batch.schema.name) ?? 0) + batch.rows);
  }

  result(): SourceRecount {
    const { source, rowsPerEvent, bytes, account, complete } = this;
    const events = BigInt(wholeEvents([...this.rows.values()], rowsPerEvent));
    return { source, events, bytes, rowsPerEvent, account, complete };
  }

  /** The last account comes behind the last line. */
  private addInfo(batch: RecordBatch): void {
    const account = lastAccountIn(batch);
    if (account !== undefined) {
      this.account = account;
      this.complete = this.ended;
    }
    this.ended ||= infoLines(batch).some(({ message }) => message === endingRun);
  }
}
