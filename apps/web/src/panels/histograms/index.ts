import type { LivePanel } from '../panel';
import { HistogramsContainer } from './histograms-container';

export const histogramsPanel: LivePanel = {
  kind: 'histograms',
  title: 'Histograms of consumers',
  topic: 'detector.histograms',
  Container: HistogramsContainer,
};
