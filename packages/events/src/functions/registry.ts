import type { EventFunction } from '../building/event-functions.js';
import { coincidenceClassifier } from './coincidence-classifier.js';
import { applyCrossTalkCorrection, type CrossTalk } from './cross-talk.js';
import { gatherPulseData, gatherTcmData, makePulseDataMask } from './gather-pulses.js';
import { applyRecoveryCut } from './recovery-cut.js';

/** What event functions work with beside the data. */
export interface EventFunctionTables {
  readonly crossTalk?: CrossTalk | undefined;
}

/** The event functions of the product. */
export function eventFunctions({ crossTalk }: EventFunctionTables = {}): readonly EventFunction[] {
  return [
    gatherPulseData,
    gatherTcmData,
    makePulseDataMask,
    coincidenceClassifier,
    applyRecoveryCut,
    applyCrossTalkCorrection(crossTalk),
  ];
}
