import { scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { lanes, sizeOf, type View } from './storage.js';

/** A complex number that is filled again and again. */
export interface MutableComplex {
  re: number;
  im: number;
}

/** Sets `out` from up to two operands. */
export type ComplexFormula = (out: MutableComplex, a: MutableComplex, b: MutableComplex) => void;

/** Numbers of an operation: a view, and whether it holds [re, im] pairs along its last axis. */
export interface ComplexOperand {
  readonly view: View;
  readonly isComplex: boolean;
}

/** Reads one number of a lane into `target`; `at` is its place among the numbers of the view. */
function readerOf(
  memory: Memory,
  { view, isComplex }: ComplexOperand,
): (target: MutableComplex, tile: number, at: number, lane: number) => void {
  const data = memory.array(view.storage) as Float64Array;
  const stride = memory.tileStride(view.storage);
  const width = isComplex ? 2 : 1;
  const count = sizeOf(view.shape) / width;
  return (target, tile, at, lane) => {
    const sample = count === 1 ? 0 : at % count;
    const place = tile * stride + (view.start + sample * width * view.step) * lanes + lane;
    target.re = Number(data[place]);
    target.im = isComplex ? data[place + view.step * lanes]! : 0;
  };
}

/** Applies a formula of complex numbers sample by sample; operands with fewer samples repeat. */
export class ComplexOperation implements Operation {
  readonly scratchBytes = 0;
  readonly work = 'complex';
  readonly reads;
  readonly writes;

  constructor(
    readonly label: string,
    private readonly formula: ComplexFormula,
    private readonly inputs: readonly ComplexOperand[],
    private readonly output: ComplexOperand,
  ) {
    this.reads = inputs.map(({ view }) => view.storage);
    this.writes = [output.view.storage];
  }

  bind(memory: Memory): (block: Block) => void {
    const readers = this.inputs.map((input) => readerOf(memory, input));
    const [a, b, out] = [0, 1, 2].map((): MutableComplex => ({ re: 0, im: 0 })) as [
      MutableComplex,
      MutableComplex,
      MutableComplex,
    ];
    const [readA, readB] = readers;
    const { view, isComplex } = this.output;
    const data = memory.array(view.storage) as Float64Array;
    const stride = memory.tileStride(view.storage);
    const width = isComplex ? 2 : 1;
    const count = sizeOf(view.shape) / width;
    const notes = view.storage.length > 1 ? memory.nanLanes(view.storage) : undefined;
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        const from = tile * stride + view.start * lanes;
        for (let i = 0; i < count; i += 1) {
          for (let lane = 0; lane < lanes; lane += 1) {
            readA?.(a, tile, i, lane);
            readB?.(b, tile, i, lane);
            this.formula(out, a, b);
            const place = from + i * width * lanes + lane;
            data[place] = out.re;
            if (isComplex) data[place + lanes] = out.im;
          }
        }
        if (notes !== undefined) notes[tile] = scanLanes(data, from, 1, count * width);
      }
    };
  }
}
