import { calibrate } from '@countroom/analysis';
import type { TableResult } from '../analysis/report-objects.js';
import { type CalibrateOptions, linesOf } from './calibrate-options.js';
import { calibrationResult, failedResult, type Place } from './calibration-report.js';

/** The calibration of one table, or why there is none. */
export function calibrateTable(
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  config: CalibrateOptions,
): TableResult {
  const { guess, degree, resolutionAt } = config;
  const values = columns.get(config.column)!;
  try {
    const calibration = calibrate(values, {
      lines: linesOf(config),
      resolutionAt,
      ...(guess === undefined ? {} : { guess }),
      ...(degree === undefined ? {} : { degree }),
    });
    return calibrationResult(place, values, calibration, config);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failedResult(place, error.message);
  }
}
