import type { ForeignLibrary } from '../../../transports/ffi/foreign-library.js';
import { status } from '../sdk/status.js';

/** Lowest and highest voltage that can be added at a range (code); undefined where the library does not tell. */
export function askOffsetLimits(
  library: ForeignLibrary,
  handle: number,
  range: number,
  dc: boolean,
): readonly [number, number] | undefined {
  if (!library.has('GetAnalogueOffset')) return undefined;
  const high = new Float32Array(1);
  const low = new Float32Array(1);
  const code = library.call('GetAnalogueOffset', handle, range, dc ? 1 : 0, high, low);
  return code === status.ok ? [low[0]!, high[0]!] : undefined;
}

/** Segments that the memory can be cut into; undefined where the library does not tell. */
export function askMostSegments(library: ForeignLibrary, handle: number): number | undefined {
  if (!library.has('GetMaxSegments')) return undefined;
  const count = new Uint32Array(1);
  return library.call('GetMaxSegments', handle, count) === status.ok ? count[0]! : undefined;
}

/** Most captures and finest interleave of equivalent-time sampling; undefined where the library does not tell. */
export function askEtsLimits(
  library: ForeignLibrary,
  handle: number,
): { readonly cycles: number; readonly interleave: number } | undefined {
  if (!library.has('GetMaxEtsValues')) return undefined;
  const cycles = new Int16Array(1);
  const interleave = new Int16Array(1);
  const code = library.call('GetMaxEtsValues', handle, cycles, interleave);
  return code === status.ok ? { cycles: cycles[0]!, interleave: interleave[0]! } : undefined;
}

/** Bytes of TRIGGER_INFO, and where its count of the sample clock begins; packed. */
const triggerInfo = { bytes: 32, counter: 24 };

/** Counts of the sample clock at the triggers of a batch; undefined where the family has none. */
export function askTicks(library: ForeignLibrary, handle: number, count: number): BigInt64Array | undefined {
  if (!library.has('GetTriggerInfoBulk')) return undefined;
  const infos = new Uint8Array(triggerInfo.bytes * count);
  if (library.call('GetTriggerInfoBulk', handle, infos, 0, count - 1) !== status.ok) return undefined;
  const view = new DataView(infos.buffer);
  return BigInt64Array.from({ length: count }, (_, index) =>
    view.getBigInt64(triggerInfo.bytes * index + triggerInfo.counter, true),
  );
}

/** A line of text that a unit tells of itself; empty when it does not. */
export function askInfo(library: ForeignLibrary, handle: number, line: number): string {
  const text = new Uint8Array(256);
  const code = library.call('GetUnitInfo', handle, text, text.length, new Int16Array(1), line);
  if (code !== status.ok) return '';
  return Buffer.from(text.subarray(0, text.indexOf(0))).toString('latin1');
}
