import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from '@countroom/client';
import { UsageError } from '../terminal/usage-error.js';
import { serverAddress } from './server-address.js';

/** Options of `run export`. */
export interface ExportOptions {
  readonly detector: string;
  readonly url?: string;
  readonly data?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Fetches a run from a server into a file, which is there only when it is whole. */
export async function exportRun(number: number, options: ExportOptions): Promise<void> {
  const { createApiClient } = await import('@countroom/client');
  const { endpoints } = await import('@countroom/contracts');
  const token = process.env['COUNTROOM_TOKEN'];
  const api = createApiClient({ baseUrl: serverAddress(options), ...(token === undefined ? {} : { token }) });
  const params = { detector: options.detector, number };
  const file = await saveDownload(await api.download(endpoints.runs.export, { params }), options);
  process.stdout.write(`${options.json === true ? JSON.stringify({ file }) : file}\n`);
}

/** Writes a download to its place and says where that is. Throws when there is a file and `force` was not said. */
export async function saveDownload(
  { name, body }: Download,
  { output = '.', force = false }: Pick<ExportOptions, 'output' | 'force'>,
): Promise<string> {
  const isFolder = await stat(output).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(output, name === '' ? 'run.zip' : name) : output;
  const there = await stat(file).then(
    () => true,
    () => false,
  );
  if (there && !force) {
    await body.cancel();
    throw new UsageError(
      `${file} is there already: name another file with --output, or replace it with --force`,
    );
  }
  const part = join(dirname(file), `.${basename(file)}.part`);
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return file;
}
