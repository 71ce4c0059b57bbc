import { DriverError } from '../errors.js';
import { consumerField, consumerState, type RingMemory, word } from './ring-memory.js';

/** Name of a field of a consumer's entry. */
export type EntryField = keyof typeof consumerField;

/** One place of a ring for a consumer, a work group or a member, as fields that all threads share. */
export class RingEntry {
  readonly id: number;
  readonly memory: RingMemory;
  private readonly base: number;
  private readonly generation: bigint;

  /** The entry as it is now; a later user of the same place is not taken for this one. */
  constructor(memory: RingMemory, id: number) {
    this.memory = memory;
    this.id = id;
    this.base = id * consumerField.width;
    this.generation = this.field('generation');
  }

  /** Whether it still belongs to whom it was given. */
  get mine(): boolean {
    const state = this.field('state');
    const taking = state === consumerState.attached || state === consumerState.member;
    return taking && this.field('generation') === this.generation;
  }

  /** Throws DriverError `dropped` when the watchdog or an operator has dropped it. */
  expectMine(name: string): void {
    if (this.mine) return;
    throw new DriverError(
      'dropped',
      name,
      `consumer ${name} was dropped from the ring: it took too long, or an operator did it`,
    );
  }

  field(name: EntryField): bigint {
    return Atomics.load(this.memory.consumers, this.base + consumerField[name]);
  }

  store(name: EntryField, value: bigint): void {
    Atomics.store(this.memory.consumers, this.base + consumerField[name], value);
  }

  add(name: EntryField, value: bigint): void {
    Atomics.add(this.memory.consumers, this.base + consumerField[name], value);
  }

  /** Puts `value` in where `expected` stands; true when it did. */
  exchange(name: EntryField, expected: bigint, value: bigint): boolean {
    const { consumers } = this.memory;
    return Atomics.compareExchange(consumers, this.base + consumerField[name], expected, value) === expected;
  }

  /** Books the time since the record in hand was taken; false when there was none. */
  settleService(nowNs: bigint): boolean {
    const takenNs = this.field('takenNs');
    if (takenNs === 0n) return false;
    const held = nowNs - takenNs;
    this.add('serviceNs', held);
    if (held > this.field('serviceMaxNs')) this.store('serviceMaxNs', held);
    this.store('takenNs', 0n);
    return true;
  }

  /** Frees the place at once. */
  free(): void {
    this.store('state', consumerState.free);
    this.wakeProducer();
  }

  /** Tells a waiting producer that something was given back. */
  wakeProducer(): void {
    const { words } = this.memory;
    Atomics.add(words, word.released, 1);
    if (Atomics.load(words, word.producerWaits) > 0) Atomics.notify(words, word.released);
  }

  name(): string {
    const length = Number(this.field('nameLength'));
    const from = this.memory.consumers.byteOffset + (this.base + consumerField.name) * 8;
    return Buffer.from(new Uint8Array(this.memory.buffer, from, length)).toString('utf8');
  }
}
