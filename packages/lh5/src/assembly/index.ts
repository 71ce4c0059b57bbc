/** First byte of the memory that the caller may use. */
export const firstFreeByte: usize = (__heap_base + 15) & ~15;

export { fletcher32 } from './fletcher32';
export { inflate } from './inflate';
export {
  radware_decode_i32,
  radware_decode_u16,
  radware_encode_i16,
  radware_encode_i32,
  radware_encode_u16,
} from './radware';
export { shuffle, unshuffle } from './shuffle';
export {
  uleb128_decode_i32,
  uleb128_decode_u16,
  uleb128_encode_i16,
  uleb128_encode_i32,
  uleb128_encode_u16,
} from './uleb128';
