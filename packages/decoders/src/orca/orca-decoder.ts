import { DecodeError } from '../core/errors.js';
import { FramedDecoder } from '../core/framed-decoder.js';
import { GarbageTable } from '../core/garbage.js';
import type { RecordFramer } from '../core/record-framer.js';
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
export class OrcaDecoder extends FramedDecoder<OrcaScanner, OrcaOptions> {
  readonly framer: RecordFramer<OrcaScanner>;
  private readonly garbage: GarbageTable;
  private setup: OrcaSetup | undefined;
  private records: OrcaRecords | undefined;
  private names = new Map<number, string>();
  private headers = 0;

  constructor(options: OrcaOptions = {}) {
    super('orca', orcaDecoders, options);
    this.garbage = new GarbageTable(this.library, 'OrcaGarbageDecoder', Object.values(orcaFaults));
    const state = options.resume?.state as OrcaState | null | undefined;
    const scanner = new OrcaScanner(state?.bigEndian);
    this.framer = this.framerOf(scanner, this.garbage, (found, at) => this.packet(found.packet, at));
    if (state) {
      this.headers = 1;
      this.use(state.setup, state.records);
    }
    if (this.atLimit) this.finished = true;
  }

  protected override state(): OrcaState | null {
    const { setup, records } = this;
    if (setup === undefined || records === undefined) return null;
    return { setup, bigEndian: this.framer.scanner.bigEndian, records: records.state() };
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
    if (this.atLimit) this.finished = true;
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
}
