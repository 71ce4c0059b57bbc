import { checkpointOf, checkResume, framerStart } from '../core/checkpoint.js';
import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  StreamDecoder,
  TableDescription,
} from '../core/decoder.js';
import { GarbageTable } from '../core/garbage.js';
import { IntegrityCollector, type IntegrityReport } from '../core/integrity.js';
import { RecordFramer } from '../core/record-framer.js';
import { TableLibrary } from '../core/table-library.js';
import { plainNaming } from './fcio-naming.js';
import { recordNames } from './fcio-protocol.js';
import { FcioScanner, type FrameSource, faults } from './fcio-scanner.js';
import { type FcioOptions, FcioSession, type FcioSessionState } from './fcio-session.js';

/** Names of the decoders of this format. */
export const fcioDecoders: readonly string[] = [
  'FCConfigDecoder',
  'FCEventDecoder',
  'FCEventHeaderDecoder',
  'FCGarbageDecoder',
  'FCRecEventDecoder',
  'FCStatusDecoder',
  'FSPConfigDecoder',
  'FSPEventDecoder',
  'FSPStatusDecoder',
];

/** Decodes a FlashCam stream. Records before a configuration are counted but give no rows. */
export class FcioDecoder implements StreamDecoder {
  readonly format = 'fcio';
  readonly integrity: IntegrityCollector;
  readonly library: TableLibrary;
  readonly framer: RecordFramer<FcioScanner>;
  private readonly session: FcioSession;
  private packetId: number;
  private finished = false;

  constructor(private readonly options: FcioOptions = {}) {
    const { resume } = options;
    checkResume(this.format, resume);
    this.integrity = new IntegrityCollector(this.format, resume?.common.integrity);
    this.library = new TableLibrary(options, this.integrity, fcioDecoders);
    const garbage = new GarbageTable(this.library, 'FCGarbageDecoder', Object.values(faults));
    const scanner = new FcioScanner();
    this.framer = new RecordFramer(scanner, this.integrity, (record, at) => this.record(record, at), {
      ...framerStart(resume),
      ...garbage.whenAsked(options.keepGarbage, () => this.packetId),
    });
    this.packetId = resume?.packetId ?? 0;
    const { integrity, library } = this;
    const state = resume?.state as FcioSessionState | null | undefined;
    this.session = new FcioSession({ scanner, library, integrity, options }, plainNaming, state);
    if (this.atLimit()) this.finished = true;
  }

  get done(): boolean {
    return this.finished;
  }

  push(chunk: Uint8Array): DecodedBatch[] {
    if (!this.finished) this.framer.push(chunk);
    return this.library.take();
  }

  finish(): DecodedBatch[] {
    if (!this.finished) this.framer.finish();
    this.finished = true;
    return this.library.flush();
  }

  objects(): DecodedObject[] {
    return this.library.takeObjects();
  }

  flush(): { batches: DecodedBatch[]; checkpoint: Checkpoint } {
    const batches = this.library.flush();
    const { format, packetId } = this;
    return { batches, checkpoint: checkpointOf(this, { format, packetId, state: this.session.state() }) };
  }

  report(): IntegrityReport {
    return this.integrity.report();
  }

  tables(): readonly TableDescription[] {
    return this.library.describe();
  }

  private record(record: FrameSource, offset: number): boolean {
    const { tag } = record;
    this.integrity.record(recordNames[tag] ?? `unknown:${tag}`);
    if (recordNames[tag] === undefined) return true;
    if (!this.session.record(record, this.packetId, offset)) return true;
    this.packetId++;
    if (this.atLimit()) this.finished = true;
    return !this.finished;
  }

  private atLimit(): boolean {
    return this.library.full || this.packetId - 1 >= (this.options.limits?.packets ?? Infinity);
  }
}
