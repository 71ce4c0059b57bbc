import type { DataObject, Dtype, Scalar, Struct } from '@countroom/records';
import type { CompassFields } from './compass-layout.js';
import type { CompassBoard, CompassSettings } from './compass-settings.js';

/** Boards and channels that are taken to be there when no settings say which. */
const assumed = { boards: 2, channels: 8 };

/**
 * What is known of a file as a struct: which fields its events have (0 or 1), and its boards. Without settings two
 * boards of eight channels are assumed whose parameters are NaN, and whose trace length is that of the first event.
 */
export function compassHeader(
  fields: CompassFields,
  headerPresent: boolean,
  settings: CompassSettings | undefined,
  firstTraceLength: number,
): Struct {
  const flag = (value: boolean): Scalar => scalar(value ? 1n : 0n, 'int64');
  const boards =
    settings === undefined
      ? Array.from({ length: assumed.boards }, () => assumedBoard(firstTraceLength))
      : settings.boards.map(boardStruct);
  return struct([
    ['boards', struct(boards.map((board, index) => [String(index), board]))],
    ['energy_calibrated', flag(fields.calibrated)],
    ['energy_channels', flag(fields.energy)],
    ['energy_short', flag(fields.short)],
    ['header_present', flag(headerPresent)],
    ['waveform_samples', flag(fields.samples !== 'none')],
  ]);
}

function boardStruct(board: CompassBoard): Struct {
  const channels = [...board.channels].map(([number, values]): [string, Struct] => [
    number,
    struct([...values].map(([name, value]) => [name, text(value)])),
  ]);
  return struct([
    ['modelName', text(board.modelName)],
    ['adcBitCount', text(board.adcBitCount)],
    ['sample_rate', scalar(board.sampleRate, 'float64')],
    ['wf_len', scalar(board.traceLength, 'float64')],
    ['channels', struct(channels)],
  ]);
}

function assumedBoard(traceLength: number): Struct {
  const unknown = scalar(NaN, 'float64');
  const channels = Array.from({ length: assumed.channels }, (_, channel): [string, Scalar] => [
    String(channel),
    unknown,
  ]);
  return struct([
    ['modelName', unknown],
    ['adcBitCount', unknown],
    ['sample_rate', unknown],
    ['wf_len', scalar(traceLength, 'float64')],
    ['channels', struct(channels)],
  ]);
}

function struct(fields: readonly (readonly [string, DataObject])[]): Struct {
  return { kind: 'struct', fields: new Map(fields), attrs: {} };
}

function scalar(value: number | bigint, dtype: Dtype): Scalar {
  return { kind: 'scalar', value, dtype, attrs: {} };
}

function text(value: string): Scalar {
  return { kind: 'scalar', value, attrs: {} };
}
