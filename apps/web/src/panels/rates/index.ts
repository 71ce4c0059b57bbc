import type { LivePanel } from '../panel';
import { RatesContainer } from './rates-container';

export const ratesPanel: LivePanel = {
  kind: 'rates',
  title: 'Rates',
  topic: 'detector.rates',
  Container: RatesContainer,
};
