import type { LivePanel } from '../panel';
import { SpectrumContainer } from './spectrum-container';

export const spectrumPanel: LivePanel = {
  kind: 'spectrum',
  title: 'Energy spectrum',
  topic: 'detector.spectrum',
  Container: SpectrumContainer,
};
