import { allocate, bytesPerElement, type DataArray, viewOf } from '@countroom/records';
import type { KernelModule } from '../wasm/kernel-module.js';
import type { Memory, Operation } from './operation.js';
import { lanes, type Storage } from './storage.js';

const alignment = 64;

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function bytesOf(storage: Storage): number {
  return storage.length * lanes * bytesPerElement(storage.dtype);
}

interface Life {
  readonly storage: Storage;
  readonly first: number;
  last: number;
}

function livesOf(operations: readonly Operation[], kept: ReadonlySet<Storage>): Life[] {
  const lives = new Map<Storage, Life>();
  operations.forEach((operation, step) => {
    for (const storage of [...operation.writes, ...operation.reads]) {
      if (storage.constant !== undefined) continue;
      const life = lives.get(storage);
      if (life === undefined) lives.set(storage, { storage, first: step, last: step });
      else life.last = step;
    }
  });
  for (const life of lives.values()) if (kept.has(life.storage)) life.last = operations.length;
  return [...lives.values()];
}

/** Places in one memory. Storages whose lives do not overlap share bytes. Addresses are per tile. */
export interface MemoryPlan {
  readonly places: ReadonlyMap<Storage, number>;
  /** Bytes that one tile needs. */
  readonly bytesPerTile: number;
  readonly scratchBytes: number;
  readonly constants: readonly Storage[];
}

/** Gives every storage a place, the largest first, each at the lowest address that is free during its life. */
export function planMemory(operations: readonly Operation[], kept: ReadonlySet<Storage>): MemoryPlan {
  const placed: (Life & { readonly from: number; readonly to: number })[] = [];
  const order = livesOf(operations, kept).sort(
    (a, b) => bytesOf(b.storage) - bytesOf(a.storage) || a.first - b.first,
  );
  for (const life of order) {
    const size = aligned(bytesOf(life.storage));
    const others = placed
      .filter((other) => other.first <= life.last && life.first <= other.last)
      .sort((a, b) => a.from - b.from);
    let from = 0;
    for (const other of others) {
      if (other.from - from >= size) break;
      from = Math.max(from, other.to);
    }
    placed.push({ ...life, from, to: from + size });
  }
  const constants = new Set<Storage>();
  for (const operation of operations) {
    for (const storage of operation.reads) if (storage.constant !== undefined) constants.add(storage);
  }
  for (const storage of kept) if (storage.constant !== undefined) constants.add(storage);
  return {
    places: new Map(placed.map(({ storage, from }) => [storage, from])),
    bytesPerTile: placed.reduce((most, { to }) => Math.max(most, to), 0),
    scratchBytes: operations.reduce((most, { scratchBytes }) => Math.max(most, scratchBytes), 0),
    constants: [...constants],
  };
}

/** One WebAssembly memory with everything that `tiles` tiles need, at fixed places. */
export function layOut(plan: MemoryPlan, kernels: KernelModule, tiles: number): Memory {
  const constantBytes = plan.constants.reduce((sum, storage) => sum + aligned(bytesOf(storage)), 0);
  const needed = aligned(plan.scratchBytes) + constantBytes + plan.bytesPerTile * tiles + 2 * alignment;
  const instance = kernels.instantiate(needed);
  const scratchAddress = aligned(instance.firstFreeByte);
  const arrays = new Map<Storage, DataArray>();
  const addresses = new Map<Storage, number>();
  const notes = new Map<Storage, Uint8Array>();
  let next = scratchAddress + aligned(plan.scratchBytes);
  for (const storage of plan.constants) {
    const array = viewOf(storage.dtype, instance.buffer, next, storage.length * lanes) as Float64Array;
    array.set(storage.constant as Float64Array);
    arrays.set(storage, array);
    addresses.set(storage, next);
    next += aligned(bytesOf(storage));
  }
  for (const [storage, place] of plan.places) {
    const address = next + place * tiles;
    addresses.set(storage, address);
    arrays.set(storage, viewOf(storage.dtype, instance.buffer, address, storage.length * lanes * tiles));
    notes.set(storage, new Uint8Array(tiles));
  }
  const find = <T>(map: ReadonlyMap<Storage, T>, storage: Storage): T => {
    const found = map.get(storage);
    if (found === undefined) throw new Error(`storage ${storage.label} has no place in the memory plan`);
    return found;
  };
  return {
    array: (storage) => find(arrays, storage),
    tileStride: (storage) => (storage.constant === undefined ? storage.length * lanes : 0),
    address: (storage) => find(addresses, storage),
    nanLanes: (storage) => notes.get(storage) ?? new Uint8Array(1),
    scratchAddress,
    buffer: instance.buffer,
    kernel: (name) => instance.kernel(name),
  };
}

/**
 * Runs an operation whose inputs are all constant, once, with the references. Its outputs become constants.
 */
export function runOnce(operation: Operation): void {
  const arrays = new Map<Storage, DataArray>();
  for (const storage of operation.reads)
    arrays.set(storage, storage.constant ?? allocate(storage.dtype, lanes));
  for (const storage of operation.writes)
    arrays.set(storage, allocate(storage.dtype, storage.length * lanes));
  const memory: Memory = {
    array: (storage) => arrays.get(storage) ?? allocate(storage.dtype, storage.length * lanes),
    tileStride: () => 0,
    address: () => 0,
    nanLanes: () => new Uint8Array(1),
    scratchAddress: 0,
    buffer: new ArrayBuffer(0),
    kernel: () => undefined,
  };
  operation.bind(memory)({ columns: [], start: 0, rows: lanes, firstRow: 0 });
  for (const storage of operation.writes) storage.constant = arrays.get(storage);
}
