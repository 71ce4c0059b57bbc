import type { LivePanel } from '../panel';
import { LoggerContainer } from './logger-container';

export const loggerPanel: LivePanel = {
  kind: 'logger',
  title: 'Data logger',
  topic: 'detector.meters',
  Container: LoggerContainer,
};
