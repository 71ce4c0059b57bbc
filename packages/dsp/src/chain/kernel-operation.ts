import { allocate, type Dtype } from '@countroom/records';
import { DSPFatal } from '../errors.js';
import { callReference } from '../spec/call-reference.js';
import type { KernelSpec, Numbers, Prepared, SharedTransform, Sizes } from '../spec/kernel-spec.js';
import type { CompiledKernel } from '../wasm/kernel-module.js';
import { nanFinder, scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { lanes, Storage, type View } from './storage.js';

/** One argument of a kernel call. */
export interface Operand {
  readonly view: View;
  /** Samples of one call: the product of the named dimensions, 1 for a number. */
  readonly count: number;
  /** Per repetition (outer dimensions), samples from the start of the view. */
  readonly places: readonly number[];
}

/** What a kernel is called with. */
export interface KernelCall {
  readonly spec: KernelSpec;
  readonly operands: readonly Operand[];
  readonly sizes: Sizes;
  /** Sizes in the order in which a compiled kernel takes them. */
  readonly dimensions: readonly number[];
  readonly repetitions: number;
}

const suffixes: Partial<Record<Dtype, string>> = { float32: '_f32', float64: '_f64' };

/** A prepared call with its table in memory. */
interface PreparedCall extends Prepared {
  readonly storage: Storage;
}

function constantOf({ view, count }: Operand): Numbers | undefined {
  const { constant } = view.storage;
  if (constant === undefined || constant instanceof BigInt64Array || constant instanceof BigUint64Array)
    return undefined;
  return constant.filter((_, i) => {
    const sample = i / lanes - view.start;
    return Number.isInteger(sample) && sample >= 0 && sample < count * view.step && sample % view.step === 0;
  });
}

function prepare({ spec, operands, sizes, repetitions }: KernelCall): PreparedCall | undefined {
  if (spec.prepare === undefined || !spec.compiled || repetitions !== 1) return undefined;
  const constants = Object.fromEntries(
    operands.flatMap((operand, position) => {
      const argument = spec.args[position]!;
      return argument.output === true ? [] : [[argument.name, constantOf(operand)]];
    }),
  );
  const prepared = spec.prepare(constants, sizes);
  if (prepared === undefined) return undefined;
  const dtype = prepared.isTableDouble === true ? 'float64' : (operands[0]?.view.storage.dtype ?? 'float32');
  const storage = new Storage(dtype, Math.ceil(prepared.table.length / lanes), `table of ${spec.name}`);
  const data = allocate(dtype, storage.length * lanes) as Numbers;
  data.set(prepared.table);
  storage.constant = data;
  return { ...prepared, storage };
}

/** Place of the argument that the text of a fault is about: the first that it names; -1 when it names none. */
function argumentIn(spec: KernelSpec, text: string): number {
  const words = text.split(/[^\w]+/);
  const first = words.find((word) => spec.args.some(({ name }) => name === word));
  return spec.args.findIndex(({ name }) => name === first);
}

/** An operand, ready for use. */
interface Bound {
  readonly data: Numbers;
  readonly stride: number;
  readonly address: number;
  readonly elementBytes: number;
  readonly operand: Operand;
  readonly isOutput: boolean;
  readonly isFloat: boolean;
  /** NaN notes of the storage when this is an output array. */
  readonly notes: Uint8Array | undefined;
  readonly storage: Storage;
}

function elementOf(bound: Bound, tile: number, repetition: number): number {
  const { view, places } = bound.operand;
  return tile * bound.stride + (view.start + (places[repetition] ?? 0) * view.step) * lanes;
}

/** The parameters at a place by name, each read when it is looked at: most checks look at few. */
function scalarsAt(
  spec: KernelSpec,
  bounds: readonly Bound[],
  place: { readonly tile: number; readonly repetition: number; readonly lane: number },
): Readonly<Record<string, number>> {
  const scalars: Record<string, number> = {};
  bounds.forEach((bound, position) => {
    const { data } = bound;
    Object.defineProperty(scalars, spec.args[position]!.name, {
      enumerable: true,
      get: () => data[elementOf(bound, place.tile, place.repetition) + place.lane]!,
    });
  });
  return scalars;
}

/** Runs one kernel on every tile: the compiled one where there is one, else its reference row by row. */
export class KernelOperation implements Operation {
  readonly work;
  readonly reads;
  readonly writes;
  readonly scratchBytes: number;
  private readonly prepared: PreparedCall | undefined;

  /** @param transformed what the prepared call's transform makes, when that is a step of the chain */
  constructor(
    readonly label: string,
    readonly call: KernelCall,
    known?: PreparedCall,
    private readonly transformed?: Storage,
  ) {
    const side = (output: boolean) =>
      call.operands
        .filter((_, position) => (call.spec.args[position]?.output === true) === output)
        .map(({ view }) => view.storage);
    this.work = call.spec.name;
    this.prepared = known ?? prepare(call);
    this.reads = [
      ...side(false),
      ...(this.prepared === undefined ? [] : [this.prepared.storage]),
      ...(transformed === undefined ? [] : [transformed]),
    ];
    this.writes = side(true);
    const bytes = call.operands[0]?.view.storage.dtype === 'float64' ? 8 : 4;
    this.scratchBytes = Math.max(call.spec.scratch?.(call.sizes) ?? 0, this.prepared?.scratch(bytes) ?? 0);
  }

  bind(memory: Memory): (block: Block) => void {
    const bounds = this.call.operands.map((operand, position) => this.boundOf(memory, operand, position));
    const compiled = this.compiledKernel(memory);
    const runTile =
      compiled === undefined ? this.referenceRunner(bounds) : this.compiledRunner(bounds, compiled, memory);
    const { repetitions } = this.call;
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (const bound of bounds) if (bound.notes !== undefined) bound.notes[tile] = 0;
        for (let repetition = 0; repetition < repetitions; repetition += 1) runTile(block, tile, repetition);
      }
    };
  }

  /** The step before this one that others may share, and the waveform that it takes. */
  get transform(): { readonly plan: SharedTransform; readonly operand: Operand } | undefined {
    const plan = this.prepared?.transform;
    const operand = this.call.operands[0];
    return plan === undefined || operand === undefined ? undefined : { plan, operand };
  }

  /** This step, given what its transform has made. */
  after(transformed: Storage): KernelOperation {
    return new KernelOperation(this.label, this.call, this.prepared, transformed);
  }

  private boundOf(memory: Memory, operand: Operand, position: number): Bound {
    const { storage } = operand.view;
    const isOutput = this.call.spec.args[position]?.output === true;
    const isFloat = storage.dtype.startsWith('float');
    const data = memory.array(storage) as Numbers;
    return {
      data,
      stride: memory.tileStride(storage),
      address: memory.address(storage),
      elementBytes: data.BYTES_PER_ELEMENT,
      operand,
      isOutput,
      isFloat,
      notes: isOutput && isFloat && storage.length > 1 ? memory.nanLanes(storage) : undefined,
      storage,
    };
  }

  private compiledKernel(memory: Memory): CompiledKernel | undefined {
    const { spec, operands, sizes } = this.call;
    const first = operands[0]?.view.storage.dtype ?? 'float32';
    if (!spec.compiled || sizes.n === 0 || operands.some(({ view, count }) => count > 1 && view.step !== 1))
      return undefined;
    if (this.prepared?.transform !== undefined && this.transformed === undefined) return undefined;
    const isWidened = first === 'float32' && operands.at(-1)?.view.storage.dtype === 'float64';
    const suffix = spec.widens === true && isWidened ? '_f32_f64' : (suffixes[first] ?? '');
    return memory.kernel(`${this.prepared?.kernel ?? spec.name}${suffix}`);
  }

  private fault(text: string, block: Block, tile: number, lane: number): DSPFatal {
    const { spec, operands } = this.call;
    const position = argumentIn(spec, text);
    const label = position === -1 ? '' : (operands[position]?.view.storage.label ?? '');
    const given = label === '' || label === 'constant' ? '' : ` ('${label}')`;
    const place = position === -1 ? '' : `; it is argument ${(position + 1).toString()}${given}`;
    const isConstant = this.reads.every((storage) => storage.constant !== undefined);
    const row = block.firstRow + block.start + Math.min(tile * lanes + lane, block.rows - 1);
    return new DSPFatal(`${spec.name}: ${text}${place}`, {
      processor: this.label,
      ...(position === -1 ? {} : { argument: spec.args[position]!.name }),
      ...(isConstant ? {} : { row }),
    });
  }

  /** Finds the lanes that the NaN rule settles before anything is computed. */
  private maskFinder(bounds: readonly Bound[], memory: Memory): (tile: number, repetition: number) => number {
    if (this.call.spec.nan === 'own') return () => 0;
    const inputs = bounds.filter(
      ({ isOutput, isFloat }, position) =>
        !isOutput && isFloat && this.call.spec.args[position]?.nanAllowed !== true,
    );
    if (this.call.repetitions === 1) {
      const finders = inputs.map(({ operand }) => nanFinder(memory, operand.view));
      return (tile) => {
        let mask = 0;
        for (const find of finders) mask |= find(tile);
        return mask;
      };
    }
    return (tile, repetition) => {
      let mask = 0;
      for (const bound of inputs) {
        mask |= scanLanes(
          bound.data,
          elementOf(bound, tile, repetition),
          bound.operand.view.step,
          bound.operand.count,
        );
      }
      return mask;
    };
  }

  /** Checks the parameters of the lanes that are not masked. */
  private checker(
    bounds: readonly Bound[],
  ): (block: Block, tile: number, repetition: number, mask: number) => void {
    const { spec, sizes } = this.call;
    const { check } = spec;
    if (check === undefined) return () => undefined;
    const place = { tile: 0, repetition: 0, lane: 0 };
    const scalars = scalarsAt(spec, bounds, place);
    const isConstant = bounds.every(
      ({ operand, isOutput, storage }) => isOutput || operand.count > 1 || storage.constant !== undefined,
    );
    let settled = false;
    return (block, tile, repetition, mask) => {
      if (settled) return;
      place.tile = tile;
      place.repetition = repetition;
      for (let lane = 0; lane < lanes; lane += 1) {
        if ((mask & (1 << lane)) !== 0) continue;
        place.lane = lane;
        const text = check(scalars, sizes);
        if (text !== undefined) throw this.fault(text, block, tile, lane);
        settled = isConstant;
      }
    };
  }

  private compiledRunner(
    bounds: readonly Bound[],
    compiled: CompiledKernel,
    memory: Memory,
  ): (block: Block, tile: number, repetition: number) => void {
    const { spec, dimensions } = this.call;
    const maskOf = this.maskFinder(bounds, memory);
    const check = this.checker(bounds);
    const outputs = bounds.filter(({ isOutput }) => isOutput);
    const args: number[] = [...dimensions, ...bounds.map(({ address }) => address)];
    if (this.scratchBytes > 0) args.push(memory.scratchAddress);
    if (this.prepared !== undefined) args.push(...this.prepared.extra, memory.address(this.prepared.storage));
    if (this.transformed !== undefined) args.push(0);
    const { transformed } = this;
    const transformedAt = transformed === undefined ? 0 : memory.address(transformed);
    const transformedBytes =
      transformed === undefined
        ? 0
        : memory.tileStride(transformed) * memory.array(transformed).BYTES_PER_ELEMENT;
    return (block, tile, repetition) => {
      const mask = maskOf(tile, repetition);
      check(block, tile, repetition, mask);
      for (let position = 0; position < bounds.length; position += 1) {
        const bound = bounds[position]!;
        args[dimensions.length + position] =
          bound.address + elementOf(bound, tile, repetition) * bound.elementBytes;
      }
      if (transformedBytes > 0) args[args.length - 1] = transformedAt + tile * transformedBytes;
      const status = Reflect.apply(compiled, undefined, args);
      const faulty = status & 15 & ~mask;
      if (faulty !== 0) {
        const text = spec.faults?.[(status >> 8) - 1] ?? 'the kernel reports a fault';
        throw this.fault(text, block, tile, 31 - Math.clz32(faulty & -faulty));
      }
      this.settle(outputs, tile, repetition, mask, (status >> 4) & 15);
    };
  }

  /** Writes NaN into the masked lanes of the outputs and notes which arrays hold NaN. */
  private settle(
    outputs: readonly Bound[],
    tile: number,
    repetition: number,
    mask: number,
    made: number,
  ): void {
    for (const bound of outputs) {
      if (mask !== 0) {
        const from = elementOf(bound, tile, repetition);
        for (let lane = 0; lane < lanes; lane += 1) {
          if ((mask & (1 << lane)) === 0) continue;
          for (let i = 0; i < bound.operand.count; i += 1) bound.data[from + i * lanes + lane] = Number.NaN;
        }
      }
      if (bound.notes !== undefined) bound.notes[tile] = bound.notes[tile]! | mask | made;
    }
  }

  private referenceRunner(
    bounds: readonly Bound[],
  ): (block: Block, tile: number, repetition: number) => void {
    const { spec, sizes } = this.call;
    const rows = bounds.map(({ storage, operand }) => allocate(storage.dtype, operand.count) as Numbers);
    const scalars: Record<string, number> = {};
    return (block, tile, repetition) => {
      const valid = Math.min(lanes, block.rows - tile * lanes);
      for (let lane = 0; lane < valid; lane += 1) {
        bounds.forEach((bound, position) => {
          if (bound.isOutput) return;
          const from = elementOf(bound, tile, repetition) + lane;
          const row = rows[position]!;
          const step = bound.operand.view.step * lanes;
          for (let i = 0; i < row.length; i += 1) row[i] = bound.data[from + i * step]!;
        });
        const text = callReference(spec, rows, sizes, scalars);
        if (text !== undefined) throw this.fault(text, block, tile, lane);
        bounds.forEach((bound, position) => {
          if (bound.isOutput) this.scatter(bound, rows[position]!, tile, repetition, lane);
        });
      }
    };
  }

  private scatter(bound: Bound, row: Numbers, tile: number, repetition: number, lane: number): void {
    const from = elementOf(bound, tile, repetition) + lane;
    let nan = 0;
    for (let i = 0; i < row.length; i += 1) {
      const value = row[i]!;
      if (Number.isNaN(value)) nan = 1 << lane;
      bound.data[from + i * lanes] = value;
    }
    if (bound.notes !== undefined) bound.notes[tile] = bound.notes[tile]! | nan;
  }
}
