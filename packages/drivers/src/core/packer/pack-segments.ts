import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { Lh5Backend, Lh5Writer, TreeNode } from '@countroom/lh5';
import { allocateColumns, tableFromBatch } from '@countroom/records';
import { DriverError } from '../errors.js';
import { infoLines } from '../info-table.js';
import { SegmentReader } from '../spool/segment-reader.js';
import type { SpoolHeader } from '../spool/spool.api.js';
import type { PackOptions, PackReport } from './packer.api.js';
import { RowGatherer } from './row-gatherer.js';
import { runInfo, type SourceLine } from './run-info.js';
import { type SourceRecount, SpoolRecount, wholeEvents } from './spool-recount.js';

/** Most bytes of gathered rows. */
const limitBytes = 64 * 1024 * 1024;

/**
 * Packs segments into one raw LH5 file: a table per schema (`ch0000000/raw` …) and `run/info`. The file
 * appears complete or not at all. Throws DriverError `pack` (a segment is missing, damaged, not closed or of
 * another run; cancelled) and the backend's errors; nothing is left behind then.
 */
export async function packSegments(options: PackOptions, backend: Lh5Backend): Promise<PackReport> {
  const { target, segments, existing = 'keep' } = options;
  if (segments.length === 0)
    throw new DriverError('pack', target, `there are no segments to pack into ${target}`);
  if (existing === 'keep' && existsSync(target))
    return describe(target, false, {
      headers: segments.map(headerOf),
      rows: await countRows(target, backend),
      sources: [],
    });
  const gzip = options.compression ?? 0;
  const writer = await backend.createWriter(target, {
    compression: gzip === 0 ? 'none' : { gzip },
    overwrite: existing === 'replace',
  });
  try {
    const packed = await fill(writer, options);
    await writer.close();
    return await describe(target, true, packed);
  } catch (thrown) {
    await writer.abort();
    throw thrown;
  }
}

interface Packed {
  readonly headers: readonly SpoolHeader[];
  readonly rows: Readonly<Record<string, number>>;
  readonly sources: readonly SourceRecount[];
}

async function fill(writer: Lh5Writer, options: PackOptions): Promise<Packed> {
  const { segments, target, signal, blockRows = 16_384 } = options;
  const headers: SpoolHeader[] = [];
  const lines: SourceLine[] = [];
  const rows: Record<string, number> = {};
  const gatherer = new RowGatherer((path, table) => writer.append(path, table), blockRows, limitBytes);
  const totalBytes = segments.reduce((sum, file) => sum + sizeOf(file), 0);
  const next = new Map<string, bigint>();
  const recounts = new Map<string, SpoolRecount>();
  let doneBytes = 0;
  let breathedMs = performance.now();
  for (const file of segments) {
    const reader = new SegmentReader(file);
    try {
      const { header } = reader;
      checkPlace(header, headers[0], next.get(header.source) ?? 0n, file);
      headers.push(header);
      const recount = recounts.get(header.source) ?? new SpoolRecount(header);
      recounts.set(header.source, recount);
      for (let found = reader.nextBatch(); found !== undefined; found = reader.nextBatch()) {
        if (performance.now() - breathedMs > 50) {
          // HDF5 works without giving the event loop a turn, which a wish to cancel needs.
          await new Promise<void>((resolve) => setImmediate(resolve));
          breathedMs = performance.now();
        }
        if (signal?.aborted === true)
          throw new DriverError('cancelled', target, `packing ${target} was cancelled`);
        const { batch, schemaId } = found;
        recount.add(batch, schemaId === 0, found.frameBytes);
        if (schemaId === 0) {
          lines.push(...infoLines(batch).map((line) => ({ ...line, source: header.source })));
          continue;
        }
        rows[batch.schema.name] = (rows[batch.schema.name] ?? 0) + batch.rows;
        await gatherer.add(batch);
        options.onProgress?.((doneBytes + reader.progress * reader.bytes) / totalBytes);
      }
      if (reader.end?.closed !== true) {
        const reason = reader.end?.reason ?? '';
        throw new DriverError(
          'pack',
          file,
          `segment ${file} was not closed (${reason || 'no end mark'}): recover it first`,
        );
      }
      next.set(header.source, reader.nextSequence);
      doneBytes += reader.bytes;
    } finally {
      reader.close();
    }
  }
  await gatherer.finish();
  await writeEmptyTables(writer, headers, rows);
  await writer.write('run/info', runInfo(headers, lines));
  rows['run/info'] = lines.length;
  return { headers, rows, sources: [...recounts.values()].map((recount) => recount.result()) };
}

/** Tables that got no rows are there all the same, with their columns. */
async function writeEmptyTables(
  writer: Lh5Writer,
  headers: readonly SpoolHeader[],
  rows: Record<string, number>,
): Promise<void> {
  for (const schema of headers.flatMap((header) => header.schemas.slice(1))) {
    if (rows[schema.name] !== undefined) continue;
    rows[schema.name] = 0;
    await writer.append(
      schema.name,
      tableFromBatch({ schema, rows: 0, columns: allocateColumns(schema, 0) }),
    );
  }
}

function checkPlace(
  header: SpoolHeader,
  first: SpoolHeader | undefined,
  expected: bigint,
  file: string,
): void {
  if (first !== undefined && first.run.runId !== header.run.runId) {
    throw new DriverError(
      'pack',
      file,
      `segment ${file} is of run ${header.run.runId}, not ${first.run.runId}`,
    );
  }
  if (header.firstSequence !== expected) {
    const begins = String(header.firstSequence);
    throw new DriverError(
      'pack',
      file,
      `segment ${file} begins with batch ${begins} where ${String(expected)} was expected`,
    );
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (thrown) {
    throw new DriverError('pack', file, `segment ${file} is missing`, { cause: thrown });
  }
}

async function countRows(file: string, backend: Lh5Backend): Promise<Record<string, number>> {
  const reader = await backend.openReader(file);
  try {
    const rows: Record<string, number> = {};
    collect(await reader.tree('', { depth: 3 }), rows);
    return rows;
  } finally {
    await reader.close();
  }
}

function collect(node: TreeNode, rows: Record<string, number>): void {
  if (node.path === 'run/info') {
    rows[node.path] = node.children.find((child) => child.name === 'records')?.rows ?? 0;
  } else if (node.kind === 'table' && node.rows !== null) rows[node.path] = node.rows;
  else for (const child of node.children) collect(child, rows);
}

/** Of sources that share a table, the first one tells how many rows an event makes. Whole numbers, however long the run. */
function countEvents({ headers, rows }: Packed): number {
  const bySource = new Map<string, { readonly each: number; readonly counts: number[] }>();
  const seen = new Set<string>();
  for (const { source, schemas, rowsPerEvent: each = 1 } of headers) {
    const own = bySource.get(source) ?? { each, counts: [] };
    bySource.set(source, own);
    for (const { name } of schemas.slice(1)) {
      if (!seen.has(name)) own.counts.push(rows[name] ?? 0);
      seen.add(name);
    }
  }
  return [...bySource.values()].reduce((events, { each, counts }) => events + wholeEvents(counts, each), 0);
}

function headerOf(file: string): SpoolHeader {
  const reader = new SegmentReader(file);
  try {
    return reader.header;
  } finally {
    reader.close();
  }
}

async function describe(file: string, written: boolean, packed: Packed): Promise<PackReport> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  const { size: bytes } = statSync(file);
  const { rows, sources } = packed;
  const events = countEvents(packed);
  return { file, written, bytes, rows, events, sources, sha256: hash.digest('hex') };
}
