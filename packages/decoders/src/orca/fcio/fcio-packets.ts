import { protocolHeader, recordNames } from '../../fcio/fcio-protocol.js';
import { FcioScanner } from '../../fcio/fcio-scanner.js';
import { FcioSession, type FcioSessionState } from '../../fcio/fcio-session.js';
import type { OrcaPacket } from '../container/orca-packet.js';
import { orcaFaults } from '../container/orca-scanner.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { orcaFcioNaming } from './orca-fcio-naming.js';

/** What must be remembered of the readouts, by number; plain JSON. */
export type FcioPacketsState = readonly (readonly [number, FcioSessionState])[];

interface Readout {
  readonly scanner: FcioScanner;
  readonly session: FcioSession;
}

/**
 * Packets that hold FCIO records of one readout: one that counts and, before it, one of the software trigger. The
 * packets of a readout make one stream, whatever kind of packet the header calls them.
 */
export class FcioPackets implements OrcaRecord {
  readonly checkedWords = 2;
  private readonly readouts = new Map<number, Readout>();

  constructor(
    private readonly context: OrcaContext,
    state: FcioPacketsState = [],
  ) {
    for (const [id, session] of state) this.open(id, session);
  }

  /** A packet must hold a record of known type, or the protocol text, behind the ids. */
  fits(packet: OrcaPacket): boolean {
    const header = packet.int32(1);
    return packet.payloadWords > 2 && (header === protocolHeader || recordNames[-header] !== undefined);
  }

  decode(packet: OrcaPacket, packetId: number, offset: number): boolean {
    const { scanner, session } = this.readout(packet.word(0) & 0xffff);
    const records = packet.payload.subarray(4);
    const base = offset + packet.payloadStart - packet.start + 4;
    scanner.use(records);
    let at = 0;
    while (at < records.length) {
      const outcome = scanner.scan(at, true);
      if (outcome !== 'record' && outcome !== 'skip') break;
      if (outcome === 'record' && recordNames[scanner.tag] !== undefined)
        session.record(scanner, packetId, base + at);
      at = scanner.next;
    }
    session.dropPending();
    const rest = records.subarray(at);
    if (rest.some((byte) => byte !== 0)) this.context.garbage(rest, base + at, orcaFaults.badRecords);
    return true;
  }

  /** What must be kept to go on later. */
  state(): FcioPacketsState {
    return Array.from(this.readouts, ([id, { session }]) => [id, session.state()] as const);
  }

  private readout(id: number): Readout {
    return this.readouts.get(id) ?? this.open(id);
  }

  private open(id: number, state?: FcioSessionState): Readout {
    const { setup, library, integrity, options } = this.context;
    const scanner = new FcioScanner();
    const session = new FcioSession(
      { scanner, library, integrity, options },
      orcaFcioNaming(setup, id),
      state,
    );
    const readout = { scanner, session };
    this.readouts.set(id, readout);
    return readout;
  }
}
