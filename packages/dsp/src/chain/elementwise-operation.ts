import { type DataArray, isBigDtype } from '@countroom/records';
import { scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { putNumber } from './put-number.js';
import { lanes, sizeOf, type View } from './storage.js';

/** Number formula over up to three operands. */
export type Formula = (a: number, b: number, c: number) => number;
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
  ) {
    this.reads = inputs.map((view) => view.storage);
    this.writes = [output.storage];
  }

  bind(memory: Memory): (block: Block) => void {
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
