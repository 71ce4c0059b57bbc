import type { FormatDefinition } from '../core/decoder.js';
import { recognise } from '../core/signatures.js';
import { FcioDecoder, type FcioOptions, fcioDecoders } from './fcio-decoder.js';

/** FlashCam streams (FCIO). `open` also takes FcioOptions. */
export const fcioFormat: FormatDefinition = {
  name: 'fcio',
  title: 'FlashCam FCIO',
  decoders: fcioDecoders,
  detect: (first) => recognise(first) === 'fcio',
  open: (options: FcioOptions = {}) => new FcioDecoder(options),
};
