import type { LivePanel } from '../panel';
import { WaveformsContainer } from './waveforms-container';

export const waveformsPanel: LivePanel = {
  kind: 'waveforms',
  title: 'Waveforms',
  topic: 'detector.waveforms',
  Container: WaveformsContainer,
};
