import { barsPanel } from './bars/index';
import { buffersPanel } from './buffers/index';
import { histogramsPanel } from './histograms/index';
import { loggerPanel } from './logger/index';
import { oscilloscopePanel } from './oscilloscope/index';
import type { LivePanel } from './panel';
import { ratesPanel } from './rates/index';
import { spectrumPanel } from './spectrum/index';
import { voltmeterPanel } from './voltmeter/index';
import { waveformsPanel } from './waveforms/index';
import { xyPanel } from './xy/index';

/** Every kind of live panel. */
export const livePanels: readonly LivePanel[] = [
  ratesPanel,
  waveformsPanel,
  spectrumPanel,
  buffersPanel,
  histogramsPanel,
  oscilloscopePanel,
  voltmeterPanel,
  barsPanel,
  loggerPanel,
  xyPanel,
];
