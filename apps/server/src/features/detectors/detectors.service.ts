import { AppError, type Detector, type endpoints, type InputOf } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { noteAudit } from '../../platform/http/audit-note.js';
import { ConfigurationsService } from '../configurations/configurations.service.js';
import { toDetector } from './detectors.mapper.js';
import { type DetectorRow, DetectorsRepository } from './detectors.repository.js';

type Detectors = typeof endpoints.detectors;
export const firstConfigurationName = 'standard';

@Injectable()
export class DetectorsService {
  constructor(
    private readonly repository: DetectorsRepository,
    private readonly configurations: ConfigurationsService,
  ) {}

  async list(): Promise<Detector[]> {
    return (await this.repository.list()).map(toDetector);
  }

  async create(body: InputOf<Detectors['create']>['body'], by: string): Promise<Detector> {
    const { name, title, kind, configuration } = body;
    noteAudit({ target: `detector ${name}`, after: body });
    if (kind === 'files' && configuration !== undefined) {
      throw new AppError(
        'input.invalid',
        `Detector ${name} is made of files and takes no data itself; leave its configuration out.`,
      );
    }
    if ((await this.repository.findByName(name)) !== null) {
      throw new AppError('conflict.exists', `There is a detector ${name} already; choose another name.`);
    }
    const row = await this.repository.create({ name, title, kind }, async (id, client) => {
      if (configuration === undefined) return;
      const version = await this.configurations.createFirst(
        { kind: 'detector', name: firstConfigurationName, detectorId: id, content: configuration, by },
        client,
      );
      await this.repository.activate(id, version, client);
    });
    return toDetector(row);
  }

  async update(name: string, body: InputOf<Detectors['update']>['body']): Promise<Detector> {
    const before = await this.find(name);
    noteAudit({ target: `detector ${name}`, before: toDetector(before) });
    const { title, enabled, configurationVersionId } = body;
    if (configurationVersionId !== undefined) {
      await this.configurations.refuseForeign(configurationVersionId, before.id, name);
    }
    const row = await this.repository.update(before.id, {
      ...(title === undefined ? {} : { title }),
      ...(enabled === undefined ? {} : { enabled }),
      ...(configurationVersionId === undefined ? {} : { configurationVersionId }),
    });
    noteAudit({ after: toDetector(row) });
    return toDetector(row);
  }

  private async find(name: string): Promise<DetectorRow> {
    const row = await this.repository.findByName(name);
    if (row === null) throw new AppError('not-found', `There is no detector ${name}.`);
    return row;
  }
}
