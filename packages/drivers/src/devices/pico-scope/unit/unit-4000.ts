import type { ForeignArgument } from '../../../transports/ffi/foreign-library.js';
import { codes } from '../sdk/codes.js';
import { families } from '../settings/families.js';
import type { ResolvedChannel } from '../settings/resolve.js';
import { ModernUnit } from './modern-unit.js';

/** A unit of the family 4000: no offset, 16-bit segments, a full scale that is not asked for. */
export class Unit4000 extends ModernUnit {
  override taken(): number {
    const count = new Uint16Array(1);
    this.must('GetNoOfCaptures', count);
    return count[0]!;
  }

  protected override askFullScale(): number {
    return families['4000'].fullScale;
  }

  protected override setChannel(index: number, channel: ResolvedChannel | undefined): void {
    const { dc = true, range = { code: 8 } } = channel ?? {};
    this.must('SetChannel', index, channel === undefined ? 0 : 1, dc ? 1 : 0, range.code);
  }

  protected override setBuffer(index: number, buffer: Int16Array, length: number, segment: number): void {
    if (this.memory?.segments === 1) this.must('SetDataBuffer', index, buffer, length);
    else this.must('SetDataBufferBulk', index, buffer, length, segment);
  }

  protected override bulkArguments(
    samples: Uint32Array,
    count: number,
    overflow: Int16Array,
  ): ForeignArgument[] {
    return [samples, 0, count - 1, overflow];
  }

  protected override streamArguments(interval: Uint32Array, room: number): ForeignArgument[] {
    return [interval, codes.nanoseconds, 0, room, 0, 1, room];
  }
}
