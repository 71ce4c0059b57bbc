import { closeSync, fsyncSync, ftruncateSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DriverError } from '../errors.js';
import { endSchemaId, frameHeaderBytes, sealFrame, sourceIdOf } from './segment-format.js';
import { SegmentReader } from './segment-reader.js';
import type { RecoveryReport } from './spool.api.js';
import { nodeFiles } from './spool-files.js';
import { openSuffix } from './spool-writer.js';

/** Segments in a folder by name, sorted; `open` are those that a dead process left behind. */
export function listSegments(folder: string): { readonly closed: string[]; readonly open: string[] } {
  const names = readdirSync(folder).sort();
  const ending = (suffix: string): string[] =>
    names.filter((name) => name.endsWith(suffix)).map((name) => join(folder, name));
  return { closed: ending('.spool'), open: ending(`.spool${openSuffix}`) };
}

/**
 * Brings what a killed process left in a folder into order: each open segment is scanned, cut after its last
 * whole frame, closed and given its final name. Segments without a good header are reported and left alone.
 * Nobody may be writing there. Doing it twice does nothing more.
 */
export function recoverSpool(folder: string): RecoveryReport[] {
  return listSegments(folder).open.map((file) => recoverSegment(file, folder));
}

function recoverSegment(file: string, folder: string): RecoveryReport {
  let reader: SegmentReader;
  try {
    reader = new SegmentReader(file);
  } catch (thrown) {
    if (!(thrown instanceof DriverError)) throw thrown;
    return { file, usable: false, batches: 0, rows: 0n, keptBytes: 0, cutBytes: 0, reason: thrown.message };
  }
  let batches = 0;
  let rows = 0n;
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
    batches += 1;
    rows += BigInt(frame.rows);
  }
  reader.close();
  const { closed = false, goodBytes = 0, reason = '' } = reader.end ?? {};
  const kept = { usable: true, batches, rows, keptBytes: goodBytes, cutBytes: reader.bytes - goodBytes };
  try {
    cutAndClose(file, goodBytes, closed ? undefined : endFrame(reader));
    const final = file.slice(0, -openSuffix.length);
    nodeFiles.rename(file, final);
    nodeFiles.syncFolder(folder);
    return { ...kept, file: final, reason };
  } catch (thrown) {
    // A disk that is still full: what was written stays readable, and the next recovery tries again.
    const fault = thrown instanceof Error ? thrown.message : String(thrown);
    return { ...kept, file, reason: `${file} could not be closed: ${fault}` };
  }
}

function endFrame(reader: SegmentReader): Buffer {
  const end = Buffer.alloc(frameHeaderBytes);
  const sourceId = sourceIdOf(reader.header.source);
  const sequence = reader.nextSequence;
  sealFrame(end, 0, { payloadBytes: 0, schemaId: endSchemaId, sourceId, sequence, rows: 0 });
  return end;
}

function cutAndClose(file: string, goodBytes: number, end: Buffer | undefined): void {
  const descriptor = openSync(file, 'r+');
  try {
    ftruncateSync(descriptor, goodBytes);
    if (end !== undefined) writeSync(descriptor, end, 0, end.length, goodBytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
