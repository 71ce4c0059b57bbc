import { createReadStream, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packInThread } from '@countroom/drivers';
import { sha256OfFile } from '../../../platform/files/checksum.js';
import {
  type ConsumerFile,
  type ConsumerFiles,
  consumerFiles,
  consumerFolder,
  consumersOf,
} from '../../../platform/files/consumer-files.js';
import { segmentsOf } from '../recovery/spool-segments.js';
import type { ConsumerDataset } from '../store/acquisition-results.repository.js';
import type { Reports } from '../store/reports.js';
import { resultFormat } from './result-format.js';

export interface RunWithResults {
  readonly id: string;
  readonly number: number;
  readonly configurationHash: string;
}

/** More files of one run are not listed one by one: the folder of the run has all of them. */
const mostListed = 200;
const filesAtOnce = 50;

/** What consumers wrote beside the raw data, as data sets of their run. */
export class ConsumerResults {
  /** Bytes that were told of the files of the run that is on. */
  private readonly told = new Map<string, number>();
  private readonly settled = new Set<string>();
  private looking = false;

  constructor(
    private readonly detector: string,
    private readonly storeFolder: string,
    private readonly reports: Reports,
  ) {}

  /** Tells of files that appeared or grew since it was called last. */
  async look(run: RunWithResults): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const grown: ConsumerDataset[] = [];
      for (const file of (await this.filesOf(run)).files.slice(0, mostListed)) {
        const bytes = await sizeOf(file.path);
        if (bytes === undefined || bytes === this.told.get(file.path)) continue;
        this.told.set(file.path, bytes);
        grown.push(this.datasetOf(run, file, { bytes, checksum: null, report: null }));
      }
      if (!this.settled.has(run.id)) this.tell(run, grown);
    } finally {
      this.looking = false;
    }
  }

  /** To be called when nobody writes any more: packs what was kept, and registers everything with its checksum. */
  async settle(run: RunWithResults, signal: AbortSignal): Promise<void> {
    this.settled.add(run.id);
    this.told.clear();
    try {
      const { files, leftOut } = await this.filesOf(run);
      const whole: ConsumerDataset[] = [];
      for (const file of files.slice(0, mostListed)) {
        signal.throwIfAborted();
        const facts = await factsOf(file.path);
        whole.push(this.datasetOf(run, file, facts));
      }
      this.tell(run, whole);
      if (files.length > mostListed) {
        this.reports.log(
          leftOut > 0 ? 'warning' : 'info',
          manyFiles(run.number, files.length, leftOut),
          run.id,
        );
      }
    } catch (error) {
      this.complain(run, 'what consumers wrote is not listed', error);
    }
    for (const consumer of await consumersOf(this.folderOf(run))) {
      signal.throwIfAborted();
      await this.pack(run, consumer, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        this.complain(run, `what consumer ${consumer} kept is not in its file`, error);
      });
    }
  }

  /** Segments go when the database has their file, so that a crash in between does not lose it. */
  private async pack(run: RunWithResults, consumer: string, signal: AbortSignal): Promise<void> {
    const segments = segmentsOf(join(this.folderOf(run), consumer));
    if (segments.length === 0) return;
    const path = `${consumerFolder(this.detector, run.id)}/${consumer}/${consumer}.lh5`;
    const target = join(this.storeFolder, path);
    const { bytes, sha256, rows } = await packInThread({ segments, target, existing: 'replace', signal });
    const events = Object.entries(rows).reduce(
      (sum, [table, count]) => sum + (table === 'run/info' ? 0 : count),
      0,
    );
    const dataset: ConsumerDataset = {
      dataKind: 'kept',
      consumer,
      file: `${consumer}.lh5`,
      path,
      format: 'lh5',
      rows: BigInt(events),
      bytes: BigInt(bytes),
      checksum: sha256,
      report: { rows },
    };
    this.tell(run, [dataset], () => {
      for (const segment of segments) rmSync(segment, { force: true });
    });
  }

  private tell(run: RunWithResults, datasets: readonly ConsumerDataset[], done?: () => void): void {
    for (let at = 0; at < datasets.length; at += filesAtOnce)
      this.reports.consumersWrote(run, datasets.slice(at, at + filesAtOnce), done);
  }

  private datasetOf(
    run: RunWithResults,
    { consumer, name }: ConsumerFile,
    facts: { readonly bytes: number; readonly checksum: string | null; readonly report: unknown },
  ): ConsumerDataset {
    const path = `${consumerFolder(this.detector, run.id)}/${consumer}/${name}`;
    const what = { dataKind: 'results', consumer, file: name, path, format: resultFormat(name) } as const;
    return { ...what, ...facts, rows: null, bytes: BigInt(facts.bytes) };
  }

  private filesOf(run: RunWithResults): Promise<ConsumerFiles> {
    return consumerFiles(this.folderOf(run));
  }

  private folderOf({ id }: RunWithResults): string {
    return join(this.storeFolder, consumerFolder(this.detector, id));
  }

  private complain({ number, id }: RunWithResults, what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.reports.log('error', `Run ${number}: ${what}: ${message}`, id);
  }
}

/** What a person is told of more files than are listed. */
export function manyFiles(run: number, taken: number, leftOut: number): string {
  const wrote = `Consumers wrote ${taken + leftOut} files in run ${run}; ${mostListed} of them are listed`;
  return leftOut === 0
    ? `${wrote}, all are in the folder of the run that can be downloaded`
    : `${wrote}, ${taken} are in the folder of the run that can be downloaded; the other ${leftOut} are only on the disk of the server, in the folder analysis of the store`;
}

/** Undefined when the file is gone. */
async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

async function factsOf(path: string): Promise<{ bytes: number; checksum: string; report: unknown }> {
  let [bytes, lines] = [0, 0];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return { bytes, checksum: await sha256OfFile(path), report: { lines } };
}
