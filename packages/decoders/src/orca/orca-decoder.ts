import { checkpointOf, checkResume, framerStart } from '../core/checkpoint.js';
import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  StreamDecoder,
  TableDescription,
} from '../core/decoder.js';
import { DecodeError } from '../core/errors.js';
import { GarbageTable } from '../core/garbage.js';
import { IntegrityCollector, type IntegrityReport } from '../core/integrity.js';
import { RecordFramer } from '../core/record-framer.js';
import { TableLibrary } from '../core/table-library.js';
import { shortName } from '../out-spec/layout.js';
import type { OrcaPacket } from './container/orca-packet.js';
import { OrcaScanner, orcaFaults, type PacketKind } from './container/orca-scanner.js';
import { type OrcaSetup, setupOf } from './header/orca-setup.js';
import { parsePlist } from './header/plist.js';
import { plistJson } from './header/plist-json.js';
import type { OrcaOptions } from './orca-record.js';
import { OrcaRecords, type OrcaRecordsState, orcaDecoders } from './orca-records.js';

interface OrcaState {
  readonly setup: OrcaSetup;
  readonly bigEndian: boolean;
  readonly records: OrcaRecordsState;
}

/** A kind of packets without decoder: only its id is known. */
const unknownKind: PacketKind = { checkedWords: 0, fits: () => true };

/**
 * Decodes files of ORCA. The header says which decoder each kind of packets has; kinds without one here are counted in
 * the report and passed over. With `compatibility: 'reference'` two faults of the established decoder are repeated
 * (board_rev of a configuration, no packet_id of run records).
 */
export class OrcaDecoder implements StreamDecoder {
  readonly format = 'orca';
  readonly integrity: IntegrityCollector;
  readonly library: TableLibrary;
  readonly framer: RecordFramer<OrcaScanner>;
  private readonly garbage: GarbageTable;
  private setup: OrcaSetup | undefined;
  private records: OrcaRecords | undefined;
  private names = new Map<number, string>();
  private packetId: number;
  private headers = 0;
  private finished = false;

  constructor(private readonly options: OrcaOptions = {}) {
    const { resume } = options;
    checkResume(this.format, resume);
    this.integrity = new IntegrityCollector(this.format, resume?.common.integrity);
    this.library = new TableLibrary(options, this.integrity, orcaDecoders);
    this.garbage = new GarbageTable(this.library, 'OrcaGarbageDecoder', Object.values(orcaFaults));
    this.packetId = resume?.packetId ?? 0;
    const state = resume?.state as OrcaState | null | undefined;
    const scanner = new OrcaScanner(state?.bigEndian);
    const onPacket = (found: OrcaScanner, offset: number): boolean => this.packet(found.packet, offset);
    this.framer = new RecordFramer(scanner, this.integrity, onPacket, {
      ...framerStart(resume),
      ...this.garbage.whenAsked(options.keepGarbage, () => this.packetId),
    });
    if (state) {
      this.headers = 1;
      this.use(state.setup, state.records);
    }
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
    const { setup, records } = this;
    const { bigEndian } = this.framer.scanner;
    const state: OrcaState | null =
      setup === undefined || records === undefined ? null : { setup, bigEndian, records: records.state() };
    const { format, packetId } = this;
    return { batches, checkpoint: checkpointOf(this, { format, packetId, state }) };
  }

  report(): IntegrityReport {
    return this.integrity.report();
  }

  tables(): readonly TableDescription[] {
    return this.library.describe();
  }

  private packet(packet: OrcaPacket, offset: number): boolean {
    const packetId = this.packetId++;
    if (packet.dataId === 0) {
      this.header(packet, packetId, offset);
    } else {
      const name = this.names.get(packet.dataId);
      const record = name === undefined ? undefined : this.records?.get(name);
      const shown = name === undefined ? `0x${packet.dataId.toString(16)}` : shortName(name);
      this.integrity.record(record === undefined ? `unknown:${shown}` : shown);
      if (record?.decode(packet, packetId, offset) === false) {
        this.keep(this.framer.scanner.found, offset, orcaFaults.badContent);
      }
    }
    if (this.atLimit()) this.finished = true;
    return !this.finished;
  }

  private header(packet: OrcaPacket, packetId: number, offset: number): void {
    this.integrity.record('Header');
    const text = new TextDecoder().decode(packet.payload.subarray(4, 4 + packet.word(0)));
    try {
      const header = parsePlist(text, 'header');
      const value = plistJson(header);
      if (this.headers++ === 0) {
        this.library.object('OrcaHeaderDecoder', 'header', { kind: 'scalar', value, attrs: {} });
      }
      this.use(setupOf(header));
    } catch (fault) {
      if (!(fault instanceof DecodeError)) throw fault;
      this.integrity.odd('bad-configuration', packetId, offset, fault.message);
    }
  }

  private use(setup: OrcaSetup, state?: OrcaRecordsState): void {
    const { library, integrity, options } = this;
    const keep = (bytes: Uint8Array, offset: number, reason: string): void =>
      this.keep(bytes, offset, reason);
    this.setup = setup;
    this.records = new OrcaRecords({ setup, library, integrity, options, garbage: keep }, state);
    this.names = new Map(setup.dataIds);
    this.framer.scanner.know(
      new Map(setup.dataIds.map(([id, name]) => [id, this.records!.get(name) ?? unknownKind])),
    );
  }

  private keep(bytes: Uint8Array, offset: number, reason: string): void {
    this.integrity.skipped(offset, bytes.length, reason);
    if (this.options.keepGarbage === true) this.garbage.keep(bytes, offset, reason, this.packetId);
  }

  private atLimit(): boolean {
    return this.library.full || this.packetId - 1 >= (this.options.limits?.packets ?? Infinity);
  }
}
