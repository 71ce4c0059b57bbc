import type { FormatDefinition } from '../core/decoder.js';
import { recognise } from '../core/signatures.js';
import { LlamaDecoder, llamaDecoders } from './llama-decoder.js';

/** Files of llamaDAQ (SIS3316): version 2, and older ones (`LArU`) with shorter configurations and grouped events. */
export const llamaFormat: FormatDefinition = {
  name: 'llama',
  title: 'llamaDAQ (SIS3316)',
  decoders: llamaDecoders,
  detect: (first) => recognise(first) === 'llama',
  open: (options = {}) => new LlamaDecoder(options),
};
