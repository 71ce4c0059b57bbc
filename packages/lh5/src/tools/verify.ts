import { createHash } from 'node:crypto';
import type { DataObject } from '@countroom/records';
import { openReader } from '../backend.js';
import { Lh5Error } from '../errors.js';
import type { Lh5Reader, TreeNode } from '../ports.js';

/** Something that is wrong with an object, or not as it should be. */
export interface VerifyProblem {
  readonly path: string;
  /** A fault makes data unusable or wrong; a remark does not. */
  readonly severity: 'fault' | 'remark';
  readonly reason: string;
}

/** What {@link verifyFile} found. */
export interface VerifyReport {
  readonly file: string;
  /** No fault was found; there may be remarks. */
  readonly ok: boolean;
  readonly objects: number;
  readonly datasets: number;
  /** Bytes of data read, uncompressed. */
  readonly bytes: number;
  /** Datasets whose checksums were compared: those with Fletcher32, and those with a stored SHA-256. */
  readonly fletcher32: number;
  readonly sha256: number;
  readonly problems: readonly VerifyProblem[];
}

function bytesOf(object: DataObject): Uint8Array | undefined {
  if (object.kind === 'array') {
    const { data } = object;
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  return object.kind === 'opaque' ? object.bytes : undefined;
}

class Verifier {
  objects = 0;
  datasets = 0;
  bytes = 0;
  fletcher32 = 0;
  sha256 = 0;
  readonly problems: VerifyProblem[] = [];
  readonly #reader: Lh5Reader;

  constructor(reader: Lh5Reader) {
    this.#reader = reader;
  }

  async visit(node: TreeNode): Promise<void> {
    this.objects += 1;
    if (node.fault !== undefined) this.#note(node, 'fault', node.fault);
    if (node.unlisted) this.#note(node, 'remark', 'is not named in the datatype of the group that holds it');
    if (node.kind === 'opaque' && node.datatype !== null && node.storage === null)
      this.#note(node, 'remark', `the datatype ${node.datatype} is not known`);
    this.#checkWaveform(node);
    if (node.storage !== null) await this.#attempt(node, () => this.#dataset(node));
    if (node.kind === 'vov') await this.#attempt(node, () => this.#offsets(node));
    for (const child of node.children) await this.visit(child);
  }

  #note({ path }: TreeNode, severity: VerifyProblem['severity'], reason: string): void {
    this.problems.push({ path, severity, reason });
  }

  async #attempt(node: TreeNode, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      if (!(cause instanceof Lh5Error)) throw cause;
      this.#note(node, 'fault', cause.reason);
    }
  }

  #checkWaveform(node: TreeNode): void {
    if (node.kind !== 'waveform') return;
    for (const { name, attrs, path } of node.children)
      if (name !== 'values' && attrs['units'] === undefined)
        this.problems.push({ path, severity: 'remark', reason: 'has no units' });
  }

  async #dataset(node: TreeNode): Promise<void> {
    const { storage, attrs, path, rows } = node;
    this.datasets += 1;
    const hash = createHash('sha256');
    if (rows === null) hash.update(bytesOf(await this.#reader.read(path)) ?? '');
    else
      for await (const { data } of this.#reader.blocks(path)) {
        const bytes = bytesOf(data);
        if (bytes !== undefined) hash.update(bytes);
      }
    this.bytes += storage?.bytes ?? 0;
    if (storage?.filters.includes('fletcher32') === true) this.fletcher32 += 1;
    const stored = attrs['sha256'];
    if (typeof stored !== 'string') return;
    this.sha256 += 1;
    const found = hash.digest('hex');
    if (found !== stored)
      this.#note(node, 'fault', `its data have the SHA-256 ${found}, ${stored} was stored with them`);
  }

  /** Offsets must not decrease, and end with the last element. */
  async #offsets(node: TreeNode): Promise<void> {
    let end = 0;
    for await (const { data } of this.#reader.blocks(`${node.path}/cumulative_length`)) {
      if (data.kind !== 'array') continue;
      end = Number(data.data.at(-1) ?? end);
    }
    const there = await this.#reader.rowCount(`${node.path}/flattened_data`);
    let rows = 0;
    // Reading the rows fails where offsets decrease.
    for await (const block of this.#reader.blocks(node.path)) rows += block.rows;
    if (rows !== node.rows) this.#note(node, 'fault', `${rows} rows could be read of ${node.rows ?? 0}`);
    if (end !== there)
      this.#note(
        node,
        end > there ? 'fault' : 'remark',
        `its rows end at element ${end}, there are ${there}`,
      );
  }
}

/**
 * Reads everything in a file and checks it: datatypes, lengths of columns, offsets of vectors, the checksums of chunks
 * (Fletcher32) and of datasets (attribute `sha256`). Problems of single objects are listed; a file that cannot be opened
 * is an error.
 */
export async function verifyFile(file: string): Promise<VerifyReport> {
  const reader = await openReader(file);
  try {
    const verifier = new Verifier(reader);
    await verifier.visit(await reader.tree());
    const { objects, datasets, bytes, fletcher32, sha256, problems } = verifier;
    const ok = problems.every(({ severity }) => severity === 'remark');
    return { file, ok, objects, datasets, bytes, fletcher32, sha256, problems };
  } finally {
    await reader.close();
  }
}
