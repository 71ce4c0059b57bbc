import type { LivePanel } from '../panel';
import { BarsContainer } from './bars-container';

export const barsPanel: LivePanel = {
  kind: 'bars',
  title: 'Pulse heights',
  topic: 'detector.meters',
  Container: BarsContainer,
};
