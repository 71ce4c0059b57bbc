import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';
import { type ForeignLibrary, openLibrary } from '../../ffi/foreign-library.js';
import { openFault, PortError, type PortKind } from '../port-error.js';

/** Memory at a fixed address that structures for the system can point into. */
export interface FixedMemory {
  readonly address: bigint;
  readonly bytes: Buffer;
}

/** What the ports need of the system. */
export interface SystemCalls {
  /** Width of an address, bytes. */
  readonly pointerBytes: 4 | 8;
  open(kind: PortKind, path: string): number;
  close(descriptor: number): void;
  /** Answers 0, or the number of the error. The structure is changed in place. */
  control(descriptor: number, request: number, structure: Uint8Array): number;
  /** Whether something can be read at once. */
  readable(descriptor: number): boolean;
  memory(length: number): FixedMemory;
}

let library: ForeignLibrary | undefined;

function systemLibrary(): ForeignLibrary {
  const wide = koffi.sizeof('long') === 8;
  library ??= openLibrary(
    ['libc.so.6', `libc.musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`, 'libc.so'],
    {
      functions: {
        ioctl: ['ioctl', 'int32', 'int32', wide ? 'uint64' : 'uint32', 'pointer'],
        poll: ['poll', 'int32', 'pointer', wide ? 'uint64' : 'uint32', 'int32'],
      },
    },
    'libc',
    "the system's C library was not found: sensors need Linux",
  );
  return library;
}

const pollIn = 1;

/** The calls of this machine. Throws a PortError where it has no such ports (not Linux). */
export function linuxCalls(): SystemCalls {
  if (process.platform !== 'linux') {
    throw new PortError(
      'missing',
      process.platform,
      'buses and pins are reached on Linux only: run this source on the machine that has them (a Raspberry Pi, say), or simulate it',
    );
  }
  const system = systemLibrary();
  return {
    pointerBytes: koffi.sizeof('void *') === 4 ? 4 : 8,
    open: (kind, path) => {
      try {
        return openSync(path, 'r+');
      } catch (thrown) {
        throw openFault(kind, path, codeOf(thrown));
      }
    },
    close: closeSync,
    control: (descriptor, request, structure) =>
      system.call('ioctl', descriptor, request, structure) < 0 ? koffi.errno() : 0,
    readable: (descriptor) => {
      const asked = Buffer.alloc(8);
      asked.writeInt32LE(descriptor, 0);
      asked.writeInt16LE(pollIn, 4);
      return system.call('poll', asked, 1, 0) > 0;
    },
    memory: (length) => {
      const reference: unknown = koffi.alloc('uint8', length);
      return { address: koffi.address(reference), bytes: Buffer.from(koffi.view(reference, length)) };
    },
  };
}

/** The system's code of an error of a file (`ENOENT`). */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
}
