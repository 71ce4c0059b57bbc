import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { ConfigurationsService } from '../configurations/configurations.service.js';
import { DetectorsService } from '../detectors/detectors.service.js';
import { DemoRepository } from './demo.repository.js';
import { demoDetector, demoScope } from './demo-detector.js';
import { readShippedConfigurations } from './shipped-configurations.js';

const by = 'system';

/** What a fresh installation has, so that a newcomer can press Start. */
@Injectable()
export class DemoService {
  private readonly log = new Logger('demo');

  constructor(
    private readonly config: AppConfig,
    private readonly repository: DemoRepository,
    private readonly detectors: DetectorsService,
    private readonly configurations: ConfigurationsService,
  ) {}

  /** Called at every start, by any number of processes at once: adds what is missing. */
  async seed(): Promise<void> {
    await this.repository.exclusively(async () => {
      for (const name of Object.keys(this.config.stores)) await this.repository.addStore(name);
      await this.addConfigurations();
      if (await this.repository.isSeeded()) return;
      await this.addDetectors();
      await this.repository.markSeeded();
    });
  }

  /** Only in a database without detectors of its own. A seed that broke off goes on where it stopped. */
  private async addDetectors(): Promise<void> {
    const names = (await this.detectors.list()).map((detector) => detector.name);
    if (names.some((name) => name !== 'demo' && name !== 'imported')) return;
    if (!names.includes('imported')) {
      await this.detectors.create({ name: 'imported', title: 'Imported recordings', kind: 'files' }, by);
    }
    if (!names.includes('demo')) {
      const configuration = demoDetector();
      const demo = { name: 'demo', title: 'Demonstration', kind: 'live' as const, configuration };
      const { id } = await this.detectors.create(demo, by);
      const scope = {
        kind: 'detector' as const,
        name: 'oscilloscope',
        detectorId: id,
        content: demoScope(),
        by,
      };
      const description = 'A simulated oscilloscope before three muon counters';
      await this.configurations.createFirst({ ...scope, description });
      this.log.log('a demonstration detector was configured');
    }
  }

  private async addConfigurations(): Promise<void> {
    for (const shipped of readShippedConfigurations()) await this.configurations.addShipped(shipped, by);
  }
}
