import type { EventFunction } from '../building/event-functions.js';
import { coincidenceClassifier } from './coincidence-classifier.js';
import { convertRawid } from './convert-rawid.js';
import { applyCrossTalkAndCalibrate, applyCrossTalkCorrection } from './cross-talk.js';
import type { CrossTalk } from './cross-talk-matrix.js';
import { gatherPulseData, gatherTcmData, makePulseDataMask } from './gather-pulses.js';
import type { ChannelCalibrations } from './recalibration.js';
import { applyRecoveryCut } from './recovery-cut.js';

/** What event functions work with beside the data. */
export interface EventFunctionTables {
  readonly crossTalk?: CrossTalk | undefined;
  readonly calibrations?: ChannelCalibrations | undefined;
  /** Detector names by table key. */
  readonly detectors?: ReadonlyMap<number, string> | undefined;
}

/** The event functions of the product. */
export function eventFunctions({
  crossTalk,
  calibrations,
  detectors,
}: EventFunctionTables = {}): readonly EventFunction[] {
  return [
    gatherPulseData,
    gatherTcmData,
    makePulseDataMask,
    coincidenceClassifier,
    applyRecoveryCut,
    applyCrossTalkCorrection(crossTalk),
    applyCrossTalkAndCalibrate(crossTalk, calibrations),
    convertRawid(detectors),
  ];
}
