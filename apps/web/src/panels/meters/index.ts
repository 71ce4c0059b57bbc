import type { LivePanel } from '../panel';
import { MetersContainer } from './meters-container';

export const metersPanel: LivePanel = {
  kind: 'meters',
  title: 'Voltmeter and logger',
  topic: 'detector.meters',
  Container: MetersContainer,
};
