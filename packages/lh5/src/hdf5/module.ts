import { type Metadata, Module, ready } from 'h5wasm/node';

/** The instance of the HDF5 library of this thread. */
export type Hdf5 = Awaited<typeof ready>;

/** Description of an element type and a data space, as the library gives it. */
export type Hdf5Metadata = Metadata;

/** Type classes of HDF5 that matter here. */
export const typeClass = { integer: 0, float: 1, string: 3, compound: 6, enumeration: 8 } as const;

const keptDiagnostics = 16_384;
let diagnostics = '';

interface StandardStream {
  node?: unknown;
  stream_ops?: unknown;
}

function standardError(fileSystem: unknown): StandardStream | undefined {
  if (typeof fileSystem !== 'object' || fileSystem === null || !('streams' in fileSystem)) return undefined;
  const streams: unknown = fileSystem.streams;
  const stream: unknown = Array.isArray(streams) ? streams[2] : undefined;
  return typeof stream === 'object' && stream !== null ? stream : undefined;
}

/** HDF5 prints its error stack to standard error and returns a number: keep the text for our own messages instead. */
function captureDiagnostics(library: Hdf5): void {
  const stream = standardError(library.FS);
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

let loading: Promise<Hdf5> | undefined;

/** Loads the library once per thread. */
export async function loadHdf5(): Promise<Hdf5> {
  loading ??= ready.then((library) => {
    captureDiagnostics(library);
    return library;
  });
  return loading;
}

/** The library, which {@link loadHdf5} has loaded before. */
export function hdf5(): Hdf5 {
  return Module;
}

/** Takes what HDF5 said since the last call: the innermost cause, or undefined. */
export function takeDiagnostics(): string | undefined {
  const causes = [...diagnostics.matchAll(/#\d+: .* in (?:H5\w*)\(\): (.*)/g)];
  diagnostics = '';
  return causes.at(-1)?.[1]?.trim();
}
