import { DSPFatal } from '../errors.js';
import { convert, type Quantity } from '../units/unit.js';
import { isFloat } from './casting.js';
import { fixedIn, type Grid } from './grid.js';
import { scanLanes } from './nan-lanes.js';
import { type Block, type Memory, type Operation, tilesOf } from './operation.js';
import { lanes, type Storage, sizeOf, type View } from './storage.js';

/** One summand: numbers of a view (one per row, or one per sample) times a factor. */
interface Summand {
  readonly view: View;
  readonly factor: number;
}

/** (sum of summands + fixed) / divisor: positions on one grid from positions on another. */
export interface Conversion {
  readonly summands: readonly Summand[];
  readonly fixed: number;
  readonly divisor: number;
}

function inUnit(scale: Quantity, target: Quantity): number {
  return convert(scale.value, scale.unit, target.unit);
}

/**
 * The conversion of a view's positions from one grid to another:
 * out = (in + offset_in) x (period_in / period_out) - offset_out, all taken in the unit of period_out so that
 * decimal multiples stay exact. `interval`: distances, offsets do not count.
 */
export function conversionOf(view: View, from: Grid, to: Grid, interval: boolean): Conversion {
  const first: Summand = { view, factor: inUnit(from.period, to.period) };
  if (interval) return { summands: [first], fixed: 0, divisor: to.period.value };
  const factors = new Map<View, number>();
  const add = (grid: Grid, sign: 1 | -1) => {
    for (const { variable, scale } of grid.offset.terms) {
      if (variable.view === undefined) continue;
      factors.set(variable.view, (factors.get(variable.view) ?? 0) + sign * inUnit(scale, to.period));
    }
  };
  add(from, 1);
  add(to, -1);
  const terms = [...factors]
    .filter(([, factor]) => factor !== 0)
    .map(([term, factor]) => ({ view: term, factor }));
  return {
    summands: [first, ...terms],
    fixed: fixedIn(from, to.period.unit) - to.offset.fixed,
    divisor: to.period.value,
  };
}

/** Runs a conversion. Integer results must be whole numbers within 1e-5; else the production stops. */
export class ConvertOperation implements Operation {
  readonly work = 'convert times';
  readonly scratchBytes = 0;
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];

  constructor(
    readonly label: string,
    private readonly conversion: Conversion,
    private readonly output: View,
  ) {
    this.reads = conversion.summands.map(({ view }) => view.storage);
    this.writes = [output.storage];
  }

  bind(memory: Memory): (block: Block) => void {
    const { fixed, divisor } = this.conversion;
    const parts = this.conversion.summands.map(({ view, factor }) => ({
      data: memory.array(view.storage),
      stride: memory.tileStride(view.storage),
      view,
      size: sizeOf(view.shape),
      factor,
    }));
    const out = memory.array(this.output.storage) as Float64Array;
    const outStride = memory.tileStride(this.output.storage);
    const count = sizeOf(this.output.shape);
    const whole = !isFloat(this.output.storage.dtype);
    const notes = count > 1 && !whole ? memory.nanLanes(this.output.storage) : undefined;
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (let i = 0; i < count; i += 1) {
          for (let lane = 0; lane < lanes; lane += 1) {
            let sum = fixed;
            for (const { data, stride, view, size, factor } of parts) {
              const inner = size === 1 ? 0 : i;
              sum += Number(data[tile * stride + (view.start + inner * view.step) * lanes + lane]!) * factor;
            }
            const value = sum / divisor;
            if (whole && Math.abs(value - Math.round(value)) > 1e-5)
              throw this.fault(value, block, tile, lane);
            out[tile * outStride + i * lanes + lane] = whole ? Math.round(value) : value;
          }
        }
        if (notes !== undefined) notes[tile] = scanLanes(out, tile * outStride, 1, count);
      }
    };
  }

  private fault(value: number, block: Block, tile: number, lane: number): DSPFatal {
    const row = block.firstRow + block.start + Math.min(tile * lanes + lane, block.rows - 1);
    return new DSPFatal(`position ${value.toString()} is not a whole sample of the grid it is needed on`, {
      processor: this.label,
      row,
    });
  }
}
