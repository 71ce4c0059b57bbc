import { StageRegistry } from '@countroom/pipeline';
import { buildTcm } from './build-tcm/build-tcm.stage.js';
import { calibrate } from './calibrate/calibrate.stage.js';
import { daqToRaw } from './daq-to-raw/daq-to-raw.stage.js';
import { dspToHit } from './dsp-to-hit/dsp-to-hit.stage.js';
import { findCuts } from './find-cuts/find-cuts.stage.js';
import { findFilter } from './find-filter/find-filter.stage.js';
import { findPulses } from './find-pulses/find-pulses.stage.js';
import { hitToEvt } from './hit-to-evt/hit-to-evt.stage.js';
import { optimiseDsp } from './optimise/optimise.stage.js';
import { findDecayConstant } from './pole-zero/pole-zero.stage.js';
import { pulseStatistics } from './pulse-statistics/pulse-statistics.stage.js';
import { rawToDsp } from './raw-to-dsp/raw-to-dsp.stage.js';
import { skimStage } from './skim/skim.stage.js';
import { correctTrapping } from './trapping/trapping.stage.js';

/** All stages of the product, in the order of the chain. */
export const stages = new StageRegistry([
  daqToRaw,
  rawToDsp,
  dspToHit,
  buildTcm,
  hitToEvt,
  calibrate,
  optimiseDsp,
  findDecayConstant,
  findFilter,
  correctTrapping,
  findCuts,
  findPulses,
  pulseStatistics,
  skimStage,
]);
