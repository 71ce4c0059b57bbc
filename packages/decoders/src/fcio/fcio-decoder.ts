import { FramedDecoder } from '../core/framed-decoder.js';
import { GarbageTable } from '../core/garbage.js';
import type { RecordFramer } from '../core/record-framer.js';
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
export class FcioDecoder extends FramedDecoder<FcioScanner, FcioOptions> {
  readonly framer: RecordFramer<FcioScanner>;
  private readonly session: FcioSession;

  constructor(options: FcioOptions = {}) {
    super('fcio', fcioDecoders, options);
    const garbage = new GarbageTable(this.library, 'FCGarbageDecoder', Object.values(faults));
    const scanner = new FcioScanner();
    this.framer = this.framerOf(scanner, garbage, (record, at) => this.record(record, at));
    const { integrity, library } = this;
    const state = options.resume?.state as FcioSessionState | null | undefined;
    this.session = new FcioSession({ scanner, library, integrity, options }, plainNaming, state);
    if (this.atLimit) this.finished = true;
  }

  protected override state(): FcioSessionState | null {
    return this.session.state();
  }

  private record(record: FrameSource, offset: number): boolean {
    const { tag } = record;
    this.integrity.record(recordNames[tag] ?? `unknown:${tag}`);
    if (recordNames[tag] === undefined) return true;
    if (!this.session.record(record, this.packetId, offset)) return true;
    this.packetId++;
    if (this.atLimit) this.finished = true;
    return !this.finished;
  }
}
