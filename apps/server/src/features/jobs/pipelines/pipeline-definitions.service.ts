import { pipelineDefinition, type SubmitJobs } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { ConfigurationsService } from '../../configurations/configurations.service.js';

/** Stored pipelines as requests. */
@Injectable()
export class PipelineDefinitions {
  constructor(private readonly configurations: ConfigurationsService) {}

  /**
   * The stages of a version of a stored pipeline, with the newest versions of the configurations that it names: those of
   * the detector before shared ones. Throws `not-found` naming what is missing.
   */
  async stagesOf(versionId: string, detector: string | undefined): Promise<SubmitJobs['stages']> {
    const content = await this.configurations.contentOf(versionId, 'pipeline');
    return Promise.all(
      pipelineDefinition.parse(content).stages.map(async ({ stage, configuration, config }) => {
        if (configuration === undefined) return { stage, config: config ?? {} };
        const configurationVersionId = await this.configurations.newestNamed(stage, configuration, detector);
        return { stage, configurationVersionId };
      }),
    );
  }
}
