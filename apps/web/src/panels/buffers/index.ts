import type { LivePanel } from '../panel';
import { BuffersContainer } from './buffers-container';

export const buffersPanel: LivePanel = {
  kind: 'buffers',
  title: 'Buffer manager',
  topic: 'detector.buffers',
  Container: BuffersContainer,
};
