import type { LivePanel } from '../panel';
import { VoltmeterContainer } from './voltmeter-container';

export const voltmeterPanel: LivePanel = {
  kind: 'voltmeter',
  title: 'Voltmeter',
  topic: 'detector.meters',
  Container: VoltmeterContainer,
};
