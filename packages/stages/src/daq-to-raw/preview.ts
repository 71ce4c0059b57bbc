import { DecodeError, type InputPreview, previewInput, standardFormats } from '@countroom/decoders';
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
