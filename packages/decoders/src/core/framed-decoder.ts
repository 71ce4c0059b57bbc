import { checkpointOf, checkResume, framerStart } from './checkpoint.js';
import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  DecodeOptions,
  StreamDecoder,
  TableDescription,
} from './decoder.js';
import type { GarbageTable } from './garbage.js';
import { IntegrityCollector, type IntegrityReport } from './integrity.js';
import { type OnRecord, RecordFramer, type RecordScanner } from './record-framer.js';
import { TableLibrary } from './table-library.js';

/** A decoder of records that a framer finds: what all formats do alike. A format says what its records become. */
export abstract class FramedDecoder<S extends RecordScanner, O extends DecodeOptions = DecodeOptions>
  implements StreamDecoder
{
  abstract readonly framer: RecordFramer<S>;
  readonly integrity: IntegrityCollector;
  readonly library: TableLibrary;
  /** Number of the next record. */
  protected packetId: number;
  protected finished = false;

  /**
   * `decoders`: names of all decoders of the format; `firstPacket`: number of the first record. Throws a DecodeError when
   * `options.resume` is of another format.
   */
  protected constructor(
    readonly format: string,
    decoders: readonly string[],
    protected readonly options: O,
    firstPacket = 0,
  ) {
    const { resume } = options;
    checkResume(format, resume);
    this.integrity = new IntegrityCollector(format, resume?.common.integrity);
    this.library = new TableLibrary(options, this.integrity, decoders);
    this.packetId = resume?.packetId ?? firstPacket;
  }

  get done(): boolean {
    return this.finished;
  }

  push(chunk: Uint8Array): DecodedBatch[] {
    if (!this.finished) this.framer.push(chunk);
    return this.library.take();
  }

  finish(): DecodedBatch[] {
    if (!this.finished) {
      this.framer.finish();
      this.inputEnded();
    }
    this.finished = true;
    return this.library.flush();
  }

  objects(): DecodedObject[] {
    return this.library.takeObjects();
  }

  flush(): { batches: DecodedBatch[]; checkpoint: Checkpoint } {
    const batches = this.library.flush();
    const { format, packetId } = this;
    return { batches, checkpoint: checkpointOf(this, { format, packetId, state: this.state() }) };
  }

  report(): IntegrityReport {
    return this.integrity.report();
  }

  tables(): readonly TableDescription[] {
    return this.library.describe();
  }

  /** What the format must remember to go on later: plain JSON; null when it knows nothing so far. */
  protected abstract state(): unknown;

  /** The input is over and its last record is decoded. */
  protected inputEnded(): void {
    // Most formats have nothing to add.
  }

  /** A framer that begins where the options say; bytes that are no record go to the table of garbage when asked for. */
  protected framerOf(scanner: S, garbage: GarbageTable, onRecord: OnRecord<S>): RecordFramer<S> {
    const { resume, keepGarbage } = this.options;
    return new RecordFramer(scanner, this.integrity, onRecord, {
      ...framerStart(resume),
      ...garbage.whenAsked(keepGarbage, () => this.packetId),
    });
  }

  /** Whether the limits allow no further record. */
  protected get atLimit(): boolean {
    return this.library.full || this.packetId - 1 >= (this.options.limits?.packets ?? Infinity);
  }
}
