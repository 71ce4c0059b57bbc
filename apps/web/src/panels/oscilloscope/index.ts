import type { LivePanel } from '../panel';
import { OscilloscopeContainer } from './oscilloscope-container';

export const oscilloscopePanel: LivePanel = {
  kind: 'oscilloscope',
  title: 'Oscilloscope',
  topic: 'detector.waveforms',
  Container: OscilloscopeContainer,
};
