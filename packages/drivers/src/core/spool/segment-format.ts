import { decodeInt64, encodeInt64 } from '@countroom/contracts';
import { type ColumnSchema, dtypes, type TableSchema } from '@countroom/records';
import { crc32c } from '@node-rs/crc32';
import { z } from 'zod';
import { DriverError } from '../errors.js';
import type { SpoolHeader } from './spool.api.js';

/*
 * A segment, all numbers little-endian, every part at a multiple of 8 bytes:
 *   8 bytes 'CRSPOOL1', u32 length of the header text, u32 CRC32C of it, header text (JSON, UTF-8, filled with spaces)
 *   frames: u32 'CRFR', u32 payload bytes, u32 schema id, u32 source id, i64 sequence, u32 rows, u32 CRC32C, payload
 * The CRC covers the 28 bytes before it and the payload. The payload is an encoded batch. A closed segment ends with a
 * frame of schema id 0xffffffff, whose sequence is that of the next batch to come, with no payload.
 */
const magic = 'CRSPOOL1';
const frameMagic = 0x52465243;
const prefixBytes = 16;

/** Format version written into headers. */
export const spoolVersion = 1;
/** Bytes of a frame before its payload. */
export const frameHeaderBytes = 32;
/** Schema id of the frame that ends a closed segment. */
export const endSchemaId = 0xffffffff;
/** Longest payload that is believed, bytes: more means a damaged frame. */
export const maxPayloadBytes = 256 * 1024 * 1024;

const text = z.string();
const int64 = text.transform((value) => decodeInt64(value));
const columnSchema: z.ZodType<ColumnSchema> = z.object({
  name: text,
  dtype: z.enum(dtypes),
  shape: z.array(z.int().min(0)),
  variableLength: z.boolean(),
  units: z.string().exactOptional(),
  description: z.string().exactOptional(),
});
const tableSchema: z.ZodType<TableSchema> = z.object({ name: text, columns: z.array(columnSchema) });
const facts = z.record(text, z.union([text, z.number(), z.boolean()]));
const headerSchema = z.object({
  version: z.literal(spoolVersion),
  endianness: z.literal('little'),
  source: text,
  segment: z.int().min(0),
  firstSequence: int64,
  anchors: z.array(z.object({ monotonicNs: int64, epochNs: int64 })),
  schemas: z.array(tableSchema).min(1),
  run: z.object({ runId: text, runNumber: z.number().exactOptional(), detector: text, facts }),
  rowsPerEvent: z.int().min(1).exactOptional(),
  timeInRows: z.boolean().exactOptional(),
  device: facts,
});

/** Number that marks a source's frames: CRC32C of its name. */
export function sourceIdOf(source: string): number {
  return crc32c(source);
}

/** The bytes that begin a segment. */
export function encodeHeader(header: SpoolHeader): Uint8Array {
  const plain = JSON.stringify({
    ...header,
    firstSequence: encodeInt64(header.firstSequence),
    anchors: header.anchors.map(({ monotonicNs, epochNs }) => ({
      monotonicNs: encodeInt64(monotonicNs),
      epochNs: encodeInt64(epochNs),
    })),
  });
  const body = Buffer.from(plain, 'utf8');
  const filled = Buffer.alloc((body.length + 7) & ~7, 0x20);
  body.copy(filled);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 'latin1');
  prefix.writeUInt32LE(filled.length, 8);
  prefix.writeUInt32LE(crc32c(filled), 12);
  return Buffer.concat([prefix, filled]);
}

/** Bytes of prefix and header text, from the first 16 bytes of a file. Throws DriverError `spool-format`. */
export function headerLength(prefix: Uint8Array, file: string): number {
  const view = Buffer.from(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  if (view.length < prefixBytes || view.toString('latin1', 0, 8) !== magic) {
    throw new DriverError(
      'spool-format',
      file,
      `${file} is no spool segment (it does not begin with ${magic})`,
    );
  }
  return prefixBytes + view.readUInt32LE(8);
}

/** The header of a segment's first bytes. Throws DriverError `spool-format` that says what is wrong. */
export function decodeHeader(bytes: Uint8Array, file: string): SpoolHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const body = view.subarray(prefixBytes, headerLength(bytes, file));
  const fail = (why: string): DriverError =>
    new DriverError('spool-format', file, `header of ${file}: ${why}`);
  if (crc32c(body) !== view.readUInt32LE(12)) throw fail('its checksum is wrong');
  let plain: unknown;
  try {
    plain = JSON.parse(body.toString('utf8'));
  } catch {
    throw fail('it is no JSON');
  }
  const parsed = headerSchema.safeParse(plain);
  if (!parsed.success) throw fail(z.prettifyError(parsed.error));
  return parsed.data;
}

/** What stands before a payload. */
export interface FrameHeader {
  readonly payloadBytes: number;
  readonly schemaId: number;
  readonly sourceId: number;
  readonly sequence: bigint;
  readonly rows: number;
}

/** Writes a frame's header into `target` at `at`; the payload must lie right behind it already. */
export function sealFrame(target: Buffer, at: number, frame: FrameHeader): void {
  target.writeUInt32LE(frameMagic, at);
  target.writeUInt32LE(frame.payloadBytes, at + 4);
  target.writeUInt32LE(frame.schemaId, at + 8);
  target.writeUInt32LE(frame.sourceId, at + 12);
  target.writeBigInt64LE(frame.sequence, at + 16);
  target.writeUInt32LE(frame.rows, at + 24);
  const payload = target.subarray(at + frameHeaderBytes, at + frameHeaderBytes + frame.payloadBytes);
  target.writeUInt32LE(crc32c(payload, crc32c(target.subarray(at, at + 28))), at + 28);
}

/** Reads a frame's header; a text says why the bytes are none. */
export function openFrame(bytes: Buffer): FrameHeader | string {
  if (bytes.readUInt32LE(0) !== frameMagic) return 'no frame mark';
  const payloadBytes = bytes.readUInt32LE(4);
  if (payloadBytes > maxPayloadBytes || payloadBytes % 8 !== 0) return `impossible length ${payloadBytes}`;
  return {
    payloadBytes,
    schemaId: bytes.readUInt32LE(8),
    sourceId: bytes.readUInt32LE(12),
    sequence: bytes.readBigInt64LE(16),
    rows: bytes.readUInt32LE(24),
  };
}

/** True when header and payload of a frame carry the checksum they should. */
export function frameIntact(header: Buffer, payload: Uint8Array): boolean {
  return crc32c(payload, crc32c(header.subarray(0, 28))) === header.readUInt32LE(28);
}
