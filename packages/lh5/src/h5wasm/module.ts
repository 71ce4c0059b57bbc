import { closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as H5wasm from 'h5wasm/node';
import type { Metadata } from 'h5wasm/node';

/** The instance of the HDF5 library of this thread. */
export type Hdf5 = Awaited<typeof H5wasm.ready>;

/** Description of an element type and a data space, as the library gives it. */
export type Hdf5Metadata = Metadata;

const keptDiagnostics = 16_384;
let diagnostics = '';

interface StandardStream {
  nfd?: unknown;
  node?: unknown;
  stream_ops?: unknown;
}

function isStream(value: unknown): value is StandardStream {
  return typeof value === 'object' && value !== null;
}

function streamsOf(fileSystem: unknown): (StandardStream | undefined)[] {
  if (typeof fileSystem !== 'object' || fileSystem === null || !('streams' in fileSystem)) return [];
  const streams: unknown = fileSystem.streams;
  return Array.isArray(streams)
    ? streams.map((stream: unknown) => (isStream(stream) ? stream : undefined))
    : [];
}

/** HDF5 prints its error stack to standard error and returns a number: keep the text for our own messages instead. */
function captureDiagnostics(library: Hdf5): void {
  const stream = streamsOf(library.FS)[2];
  if (stream === undefined) return;
  stream.node = { mode: 0 };
  stream.stream_ops = {
    write: (_stream: unknown, memory: Int8Array, offset: number, length: number): number => {
      const text = Buffer.from(memory.buffer, memory.byteOffset + offset, length).toString('utf8');
      diagnostics = (diagnostics + text).slice(-keptDiagnostics);
      return length;
    },
  };
}

/** Filters beyond those of the library: Blosc, LZ4, bitshuffle, bzip2, ZFP … It loads each when a file needs it. */
function addPlugins(library: Hdf5): void {
  const folder = join(dirname(createRequire(import.meta.url).resolve('h5wasm-plugins')), 'plugins');
  library.insert_plugin_search_path(folder, 0);
}

const unusable = new WeakSet<Hdf5>();
let loading: Promise<Hdf5> | undefined;
let instances = 0;

async function instantiate(): Promise<Hdf5> {
  instances += 1;
  // Four megabytes, loaded with the first file. The package makes one instance per module: a further one comes from the
  // same module under another address.
  const { ready } =
    instances === 1
      ? await import('h5wasm/node')
      : ((await import(`${import.meta.resolve('h5wasm/node')}?${instances}`)) as typeof H5wasm);
  const library = await ready;
  addPlugins(library);
  captureDiagnostics(library);
  return library;
}

/** Loads the library once per thread, and once more after it has broken down. */
export async function loadHdf5(): Promise<Hdf5> {
  loading ??= instantiate();
  return loading;
}

/** Whether an instance has broken down. Files that it had open are lost to it. */
export function isUnusable(library: Hdf5): boolean {
  return unusable.has(library);
}

/**
 * Gives an instance up that has aborted (it does when a disk is full): its files are closed, and the next file is opened with a
 * new instance.
 */
export function abandon(library: Hdf5): void {
  if (unusable.has(library)) return;
  unusable.add(library);
  loading = undefined;
  for (const stream of streamsOf(library.FS).slice(3)) {
    if (typeof stream?.nfd !== 'number') continue;
    try {
      closeSync(stream.nfd);
    } catch {
      // It has been closed already.
    }
  }
}

/** Takes what HDF5 said since the last call: what the system said, else the innermost cause, or undefined. */
export function takeDiagnostics(): string | undefined {
  const said = diagnostics;
  diagnostics = '';
  const system = /error message = '([^']+)'/.exec(said)?.[1];
  return system ?? [...said.matchAll(/#\d+: .* in (?:H5\w*)\(\): (.*)/g)].at(-1)?.[1]?.trim();
}
