import { buffersPanel } from './buffers/index';
import { histogramsPanel } from './histograms/index';
import { metersPanel } from './meters/index';
import type { LivePanel } from './panel';
import { ratesPanel } from './rates/index';
import { spectrumPanel } from './spectrum/index';
import { waveformsPanel } from './waveforms/index';

/** Every kind of live panel. */
export const livePanels: readonly LivePanel[] = [
  ratesPanel,
  waveformsPanel,
  spectrumPanel,
  buffersPanel,
  histogramsPanel,
  metersPanel,
];
