import { bytesPerElement, type DataArray, type Dtype, isBigDtype } from '@countroom/records';
import { scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { putNumber } from './put-number.js';
import { lanes, type Storage, sizeOf, type View } from './storage.js';

/** Number formula over up to three operands. */
export type Formula = (a: number, b: number, c: number) => number;
/** Formulas that are compiled for floats; `copy` also changes the type. */
export type VectorFormula = 'add' | 'subtract' | 'multiply' | 'divide' | 'copy';
/** The same for 64-bit integers. */
export type BigFormula = (a: bigint, b: bigint) => bigint | boolean;

interface Reader {
  readonly data: DataArray;
  readonly stride: number;
  readonly start: number;
  readonly step: number;
  readonly size: number;
}

function readerOf(memory: Memory, view: View | undefined): Reader {
  if (view === undefined) return { data: new Float64Array(lanes), stride: 0, start: 0, step: 0, size: 1 };
  return {
    data: memory.array(view.storage),
    stride: memory.tileStride(view.storage),
    start: view.start,
    step: view.step,
    size: sizeOf(view.shape),
  };
}

const vectorSuffixes: Partial<Record<Dtype, string>> = { float32: '_f32', float64: '_f64' };

/** A view as a compiled loop walks through it. */
interface Operand {
  readonly address: number;
  readonly tileBytes: number;
  /** Samples from one result to the next; 0 for one number per row. */
  readonly step: number;
}

function operandOf(memory: Memory, view: View): Operand {
  const bytes = bytesPerElement(view.storage.dtype);
  return {
    address: memory.address(view.storage) + view.start * lanes * bytes,
    tileBytes: memory.tileStride(view.storage) * bytes,
    step: sizeOf(view.shape) === 1 ? 0 : view.step,
  };
}

function placeOf(reader: Reader, tile: number, sample: number): number {
  const inner = reader.size === 1 ? 0 : sample % reader.size;
  return tile * reader.stride + (reader.start + inner * reader.step) * lanes;
}

/**
 * Applies a formula sample by sample. Operands with fewer samples than the result repeat (a number per row goes with
 * every sample of that row). Integer results wrap as machine integers do.
 */
export class ElementwiseOperation implements Operation {
  readonly work = 'formula';
  readonly scratchBytes = 0;
  readonly reads;
  readonly writes;

  constructor(
    readonly label: string,
    private readonly formula: Formula,
    private readonly inputs: readonly View[],
    private readonly output: View,
    private readonly bigFormula?: BigFormula,
    private readonly vectorFormula?: VectorFormula,
  ) {
    this.reads = inputs.map((view) => view.storage);
    this.writes = [output.storage];
  }

  /** The storage of floats of which this step makes doubles and nothing else. */
  get widened(): Storage | undefined {
    const { storage, start, step } = this.inputs[0] ?? this.output;
    const isWhole = start === 0 && step === 1 && storage.length === this.output.storage.length;
    const isWider = storage.dtype === 'float32' && this.output.storage.dtype === 'float64';
    return this.vectorFormula === 'copy' && isWhole && isWider ? storage : undefined;
  }

  bind(memory: Memory): (block: Block) => void {
    return this.compiled(memory) ?? this.plain(memory);
  }

  /** The compiled loop over arrays of floats, when there is one for these types and shapes. */
  private compiled(memory: Memory): ((block: Block) => void) | undefined {
    const { inputs, output, vectorFormula } = this;
    const count = sizeOf(output.shape);
    const kernel = memory.kernel(this.kernelName());
    const fits = inputs.every(({ shape }) => sizeOf(shape) === 1 || sizeOf(shape) === count);
    if (vectorFormula === undefined || kernel === undefined || !fits || count < 2 || output.step !== 1)
      return undefined;
    const operands = inputs.map((view) => operandOf(memory, view));
    const target = operandOf(memory, output);
    const notes = memory.nanLanes(output.storage);
    const args: number[] = [count, ...operands.flatMap(({ address, step }) => [address, step]), 0];
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (let i = 0; i < operands.length; i += 1)
          args[1 + 2 * i] = operands[i]!.address + tile * operands[i]!.tileBytes;
        args[args.length - 1] = target.address + tile * target.tileBytes;
        notes[tile] = kernel(...args) >> 4;
      }
    };
  }

  private kernelName(): string {
    const { inputs, output, vectorFormula } = this;
    const [first] = inputs;
    if (vectorFormula === undefined || first === undefined) return '';
    const suffix = vectorSuffixes[output.storage.dtype] ?? '';
    return vectorFormula === 'copy'
      ? `copy_${first.storage.dtype}${suffix}`
      : `${vectorFormula}${inputs.every(({ storage }) => storage.dtype === output.storage.dtype) ? suffix : ''}`;
  }

  private plain(memory: Memory): (block: Block) => void {
    const readers = [0, 1, 2].map((position) => readerOf(memory, this.inputs[position]));
    const [a, b, c] = readers as [Reader, Reader, Reader];
    const out = readerOf(memory, this.output);
    const count = sizeOf(this.output.shape);
    const sample = this.sampleWriter(a, b, c, out.data);
    const noted =
      this.output.storage.dtype.startsWith('float') && count > 1
        ? memory.nanLanes(this.output.storage)
        : undefined;
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (let i = 0; i < count; i += 1) {
          sample(placeOf(a, tile, i), placeOf(b, tile, i), placeOf(c, tile, i), placeOf(out, tile, i));
        }
        if (noted !== undefined) noted[tile] = scanLanes(out.data, placeOf(out, tile, 0), out.step, count);
      }
    };
  }

  private sampleWriter(
    a: Reader,
    b: Reader,
    c: Reader,
    out: DataArray,
  ): (atA: number, atB: number, atC: number, atOut: number) => void {
    const { formula, bigFormula } = this;
    const hasBig = [...this.inputs, this.output].some((view) => isBigDtype(view.storage.dtype));
    if (!hasBig) {
      const [da, db, dc, target] = [a.data, b.data, c.data, out] as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      return (atA, atB, atC, atOut) => {
        for (let lane = 0; lane < lanes; lane += 1) {
          target[atOut + lane] = formula(da[atA + lane]!, db[atB + lane]!, dc[atC + lane]!);
        }
      };
    }
    if (bigFormula !== undefined && this.inputs.every((view) => !view.storage.dtype.startsWith('float'))) {
      return (atA, atB, _atC, atOut) => {
        for (let lane = 0; lane < lanes; lane += 1) {
          putNumber(out, atOut + lane, bigFormula(BigInt(a.data[atA + lane]!), BigInt(b.data[atB + lane]!)));
        }
      };
    }
    return (atA, atB, atC, atOut) => {
      for (let lane = 0; lane < lanes; lane += 1) {
        putNumber(
          out,
          atOut + lane,
          formula(Number(a.data[atA + lane]!), Number(b.data[atB + lane]!), Number(c.data[atC + lane]!)),
        );
      }
    };
  }
}
