import type { FormatDefinition } from '../core/decoder.js';
import { recognise } from '../core/signatures.js';
import { FcioDecoder, fcioDecoders } from './fcio-decoder.js';
import type { FcioOptions } from './fcio-session.js';

/** FlashCam streams (FCIO). `open` also takes FcioOptions. */
export const fcioFormat: FormatDefinition = {
  name: 'fcio',
  title: 'FlashCam FCIO',
  decoders: fcioDecoders,
  detect: (first) => recognise(first) === 'fcio',
  open: (options: FcioOptions = {}) => new FcioDecoder(options),
};
