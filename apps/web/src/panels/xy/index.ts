import type { LivePanel } from '../panel';
import { XyContainer } from './xy-container';

export const xyPanel: LivePanel = {
  kind: 'xy',
  title: 'XY',
  topic: 'detector.meters',
  Container: XyContainer,
};
