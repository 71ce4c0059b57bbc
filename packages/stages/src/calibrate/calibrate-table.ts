import { calibrate } from '@countroom/analysis';
import type { ColumnUnits } from '../analysis/column-units.js';
import { failedResult, type Place } from '../analysis/failed-result.js';
import type { TableResult } from '../analysis/report-objects.js';
import { seenValues } from '../analysis/seen-values.js';
import { type CalibrateOptions, linesOf } from './calibrate-options.js';
import { calibrationResult } from './calibration-report.js';

/** The calibration of one table, or why there is none. */
export function calibrateTable(
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  config: CalibrateOptions,
  units: ColumnUnits,
): TableResult {
  const { guess, degree, resolutionAt, calibrated, positions, tailPrior, leastProbability } = config;
  const values = columns.get(config.column)!;
  try {
    const calibration = calibrate(values, {
      lines: linesOf(config),
      resolutionAt,
      resolutionShape: config.curve,
      positions,
      fit: { tailPrior, leastProbability },
      ...(config.likelihood === 'unbinned' ? { unbinned: config.mostUnbinned } : {}),
      ...(guess === undefined ? {} : { guess }),
      ...(calibrated ? { degree: 'keep' } : degree === undefined ? {} : { degree }),
    });
    return calibrationResult(place, values, calibration, config, units);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const seen = seenValues('spectrum-seen', config.column, values, {
      share: 0.0005,
      bins: 2000,
      logY: true,
    });
    return failedResult(place, error.message, seen);
  }
}
