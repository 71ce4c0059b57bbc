import { columnOf, type RecordBatch } from '@countroom/records';
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

/** Rows of one table, and what they tell of time, ns. */
interface CountedTable {
  readonly rows: number;
  readonly liveNs: bigint;
  readonly deadNs: bigint;
  readonly bufferNs: bigint;
  readonly timeNs: bigint;
}

const nothing: CountedTable = { rows: 0, liveNs: 0n, deadNs: 0n, bufferNs: 0n, timeNs: 0n };

/** Counts what a source left in its segments, batch after batch. */
export class SpoolRecount {
  private readonly header: SpoolHeader;
  private readonly tables: Map<string, CountedTable>;
  private bytes = 0n;
  private account: SourceAccount | undefined;
  private ended = false;
  private complete = false;

  constructor(header: SpoolHeader) {
    this.header = header;
    this.tables = new Map(header.schemas.slice(1).map(({ name }) => [name, nothing]));
  }

  /** The next batch; `isInfo`: one of `run/info`. */
  add(batch: RecordBatch, isInfo: boolean, bytes: number): void {
    this.bytes += BigInt(bytes);
    if (isInfo) this.addInfo(batch);
    else if (batch.rows > 0) this.addRows(batch);
  }

  result(): SourceRecount {
    const { bytes, complete } = this;
    const { source, rowsPerEvent = 1 } = this.header;
    const rows = [...this.tables.values()].map((table) => table.rows);
    const events = BigInt(wholeEvents(rows, rowsPerEvent));
    return { source, events, bytes, rowsPerEvent, account: this.newestAccount(), complete };
  }

  /** Rows behind the last account go on with it, where they tell time; the shortest table has the whole events. */
  private newestAccount(): SourceAccount | undefined {
    const { account } = this;
    if (account === undefined || this.header.timeInRows !== true) return account;
    const shortest = [...this.tables.values()].reduce<CountedTable | undefined>(
      (least, table) => (least === undefined || table.rows < least.rows ? table : least),
      undefined,
    );
    if (shortest === undefined) return account;
    const { liveNs, deadNs, bufferNs, timeNs } = shortest;
    const runNs = liveNs + deadNs + bufferNs + account.pausedNs;
    return runNs > account.runNs ? { ...account, runNs, liveNs, deadNs, bufferNs, timeNs } : account;
  }

  private addRows(batch: RecordBatch): void {
    const { name } = batch.schema;
    const before = this.tables.get(name) ?? nothing;
    const rows = before.rows + batch.rows;
    if (this.header.timeInRows !== true) {
      this.tables.set(name, { ...before, rows });
      return;
    }
    const more = (column: string): bigint => sumOf(columnOf(batch, column).column.data, batch.rows);
    this.tables.set(name, {
      rows,
      liveNs: before.liveNs + more('livetime'),
      deadNs: before.deadNs + more('deadtime'),
      bufferNs: before.bufferNs + more('bufferwait'),
      timeNs: BigInt(columnOf(batch, 'hosttime').column.data[batch.rows - 1] ?? 0),
    });
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

function sumOf(values: ArrayLike<number | bigint>, rows: number): bigint {
  let sum = 0n;
  for (let row = 0; row < rows; row++) sum += BigInt(values[row] ?? 0);
  return sum;
}
