import { pipelineDefinition, type SubmitJobs, type ValueSource } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { ConfigurationsService } from '../../configurations/configurations.service.js';

/** Stored pipelines as requests. */
@Injectable()
export class PipelineDefinitions {
  constructor(private readonly configurations: ConfigurationsService) {}

  /**
   * A version of a stored pipeline: where its values come from, and its stages with the newest versions of the configurations that it names: those of
   * the detector before shared ones. Throws `not-found` naming what is missing.
   */
  async read(
    versionId: string,
    detector: string | undefined,
  ): Promise<{ readonly stages: SubmitJobs['stages']; readonly parameters: ValueSource }> {
    const content = await this.configurations.contentOf(versionId, 'pipeline');
    const definition = pipelineDefinition.parse(content);
    const stages = await Promise.all(
      definition.stages.map(async ({ stage, configuration, config }) => {
        if (configuration === undefined) return { stage, config: config ?? {} };
        const configurationVersionId = await this.configurations.newestNamed(stage, configuration, detector);
        return { stage, configurationVersionId };
      }),
    );
    return { stages, parameters: definition.parameters ?? 'approved' };
  }
}
