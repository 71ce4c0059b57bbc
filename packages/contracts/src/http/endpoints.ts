import { alarmEndpoints } from './alarms.endpoints.js';
import { authEndpoints } from './auth.endpoints.js';
import { benchEndpoints } from './benches.endpoints.js';
import { configurationEndpoints } from './configurations.endpoints.js';
import { dataEndpoints } from './data.endpoints.js';
import { detectorEndpoints } from './detectors.endpoints.js';
import type { Endpoint } from './endpoint.js';
import { experimentEndpoints } from './experiments.endpoints.js';
import { jobEndpoints } from './jobs.endpoints.js';
import { parameterEndpoints } from './parameters.endpoints.js';
import { pipelineEndpoints } from './pipelines.endpoints.js';
import { rowFileEndpoints } from './row-files.endpoints.js';
import { runEndpoints } from './runs.endpoints.js';
import { skimEndpoints } from './skim.endpoints.js';
import { systemEndpoints } from './system.endpoints.js';

/** Every endpoint of the HTTP API, by feature. */
export const endpoints = {
  auth: authEndpoints,
  detectors: detectorEndpoints,
  runs: runEndpoints,
  data: dataEndpoints,
  skim: skimEndpoints,
  rowFiles: rowFileEndpoints,
  jobs: jobEndpoints,
  pipelines: pipelineEndpoints,
  benches: benchEndpoints,
  experiments: experimentEndpoints,
  configurations: configurationEndpoints,
  parameters: parameterEndpoints,
  alarms: alarmEndpoints,
  system: systemEndpoints,
} as const;

/** The same as a flat list, for routers, documentation and tests. */
export const endpointList: readonly Endpoint[] = Object.values(endpoints).flatMap(
  (group) => Object.values(group) as unknown as Endpoint[],
);

/** Path prefix of the API. */
export const apiPrefix = '/api/v1';
