import type { Memory, Operation } from './operation.js';
import { tilesOf } from './operation.js';
import { putNumber } from './put-number.js';
import { lanes, sizeOf, type View } from './storage.js';

/** The sample of an array at a place per row; `missing` where the place is negative. */
export class PickOperation implements Operation {
  readonly work = 'pick';
  readonly scratchBytes = 0;
  readonly reads;
  readonly writes;

  constructor(
    readonly label: string,
    private readonly source: View,
    private readonly place: View,
    private readonly output: View,
    private readonly missing: number,
  ) {
    this.reads = [source.storage, place.storage];
    this.writes = [output.storage];
  }

  bind(memory: Memory): ReturnType<Operation['bind']> {
    const data = memory.array(this.source.storage);
    const stride = memory.tileStride(this.source.storage);
    const places = memory.array(this.place.storage) as Float64Array;
    const placeStride = memory.tileStride(this.place.storage);
    const out = memory.array(this.output.storage);
    const outStride = memory.tileStride(this.output.storage);
    const { start, step } = this.source;
    const count = sizeOf(this.source.shape);
    return (block) => {
      const tiles = tilesOf(block);
      for (let tile = 0; tile < tiles; tile += 1) {
        for (let lane = 0; lane < lanes; lane += 1) {
          const place = places[tile * placeStride + this.place.start * lanes + lane]!;
          const found =
            place >= 0 && place < count
              ? data[tile * stride + (start + place * step) * lanes + lane]!
              : this.missing;
          putNumber(out, tile * outStride + lane, found);
        }
      }
    };
  }
}
