import { join } from 'node:path';
import { endpoints } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { workspaceRoot } from '../../platform/config/workspace-root.js';
import { Route } from '../../platform/http/route.decorator.js';
import { type Experiments, readExperiments } from './experiment-files.js';

export const shippedExperiments = join(workspaceRoot, 'apps', 'server', 'experiments');

@Controller()
export class ExperimentsController {
  constructor(private readonly config: AppConfig) {}

  /** Read anew each time: whoever writes an experiment sees it with the next look at the page. */
  @Route(endpoints.experiments.list)
  list(): Promise<Experiments> {
    return readExperiments([shippedExperiments, join(this.config.dataFolder, 'experiments')]);
  }
}
