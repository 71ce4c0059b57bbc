import type { DecodeOptions } from '../core/decoder.js';
import type { IntegrityCollector } from '../core/integrity.js';
import type { TableLibrary } from '../core/table-library.js';
import type { FcioOptions } from '../fcio/fcio-session.js';
import type { OrcaPacket } from './container/orca-packet.js';
import type { PacketKind } from './container/orca-scanner.js';
import type { OrcaSetup } from './header/orca-setup.js';

/** Options of ORCA files besides the general ones: those of the FCIO records in them. */
export type OrcaOptions = FcioOptions & DecodeOptions;

/** What the decoders of records share. */
export interface OrcaContext {
  readonly setup: OrcaSetup;
  readonly library: TableLibrary;
  readonly integrity: IntegrityCollector;
  readonly options: OrcaOptions;
  /** Notes a part of a packet that cannot be decoded; `offset` is its place in the input. */
  garbage(bytes: Uint8Array, offset: number, reason: string): void;
}

/** Decodes one kind of packets. */
export interface OrcaRecord extends PacketKind {
  /**
   * Takes a packet that fits. `packetId` is its number in the file, the header's is 0. False when something in it cannot
   * be decoded, and the whole packet is to be kept as garbage.
   */
  decode(packet: OrcaPacket, packetId: number, offset: number): boolean;
}

/** Where a packet of a digitizer comes from, as word 1 of most packets has it. */
export interface Location {
  readonly crate: number;
  readonly card: number;
  readonly channel: number;
}

/** Crate in bits 24–21, card in bits 20–16, channel in bits 15–8. */
export function locationOf(word: number): Location {
  return { crate: (word >>> 21) & 0xf, card: (word >>> 16) & 0x1f, channel: (word >>> 8) & 0xff };
}
