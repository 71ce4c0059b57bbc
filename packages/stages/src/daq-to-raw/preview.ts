import {
  DecodeError,
  type InputPreview,
  previewInput,
  type RecordingSummary,
  standardFormats,
  summarizeInput,
} from '@countroom/decoders';
import { type ByteInput, parseOptions, StageError } from '@countroom/pipeline';
import { daqToRaw } from './daq-to-raw.stage.js';
import { decodeOptions } from './options.js';
import { signalProcessor } from './signal-processing.js';

/**
 * What daq_to_raw with these options would make of an input, by its first part (64 MiB): tables with keys and columns, and
 * what the output specification leaves out. Nothing is written. Throws StageError for what the conversion would refuse.
 */
export async function previewDaqToRaw(options: unknown, input: ByteInput): Promise<InputPreview> {
  const config = parseOptions(daqToRaw, options);
  const registry = standardFormats();
  try {
    const decoding = decodeOptions(config, input.name, registry, signalProcessor(config.database));
    return await previewInput(input.chunks, registry, decoding);
  } catch (error) {
    if (error instanceof DecodeError) throw new StageError('daq_to_raw', error.message, [], error);
    throw error;
  }
}

/** What is known of a recording before it is looked at; all of it may be left out. */
export interface RecordingHints {
  /** Name of the format, when its bytes do not tell. */
  readonly format?: string;
  /** Text of the settings file that belongs to it (CoMPASS). */
  readonly settings?: string;
  /** Bytes of the whole recording, unpacked: for the estimate of its rows. */
  readonly totalBytes?: number;
}

/**
 * What a recording is and holds, by its first part (64 MiB): facts of its headers, and its streams with keys, columns, units and rows, from
 * which an output specification can be made. Throws StageError when it is of no known format.
 */
export async function summarizeRecording(
  input: ByteInput,
  { format, ...hints }: RecordingHints = {},
): Promise<RecordingSummary> {
  const registry = standardFormats();
  try {
    return await summarizeInput(input.chunks, registry, {
      input: input.name,
      inputName: input.name,
      ...hints,
      ...(format === undefined ? {} : { format: registry.get(format) }),
    });
  } catch (error) {
    if (error instanceof DecodeError) throw new StageError('daq_to_raw', error.message, [], error);
    throw error;
  }
}
